import type { LightningPage } from './read-lightning-pages.ts';
import { linkTo, type Reader } from './reader.ts';
import { renderApplication, renderPageHeader, type TabLabel } from './render-application.ts';
import { renderComponents } from './render-components.ts';

export interface AppPageView {
  page: LightningPage;
  tab: TabLabel;
  reader: Reader;
  accessToken: string;
  apiVersion: string;
}

/** An app page of the package: its components one below the other, in the frame of all pages. */
export function renderAppPage({ page, tab, reader, accessToken, apiVersion }: AppPageView): string {
  const header = renderPageHeader({
    icon: 'standard:app',
    crumbs: [{ label: 'Home', href: linkTo(reader, '/') }],
    title: tab,
  });
  return renderApplication({
    reader,
    title: tab,
    tab,
    content: `<div class="page">${header}<div class="stack">${renderComponents(page.components)}</div></div>`,
    data: { accessToken, apiVersion },
    script: 'lightning.js',
  });
}
