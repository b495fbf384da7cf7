import { linkTo, type Reader } from './reader.ts';
import { renderApplication, renderNotice, renderPageHeader } from './render-application.ts';

const TITLE = 'This page is not here';

/** Stands for every address that no page has. */
export function renderMissingPage(reader: Reader): string {
  const header = renderPageHeader({
    icon: 'standard:lightning_component',
    crumbs: [{ label: 'Home', href: linkTo(reader, '/') }],
    title: TITLE,
  });
  const notice = renderNotice('The simulator has no page at this address. Choose another one above.');
  return renderApplication({
    reader,
    title: TITLE,
    content: `<div class="page">${header}${notice}</div>`,
  });
}
