import { api, LightningElement } from 'lwc';
import type { ConnectionView, StepState } from '../../../api/shapes.ts';
import { CONNECTION_PAGES } from '../../../shell/list-pages.ts';
import { linkTo } from '../../../shell/read-route.ts';

/** Which step of the set-up each page belongs to. */
const STEP_OF_PAGE: Record<string, keyof ConnectionView['steps']> = {
  upflow: 'upflow',
  salesforce: 'salesforce',
  permissions: 'permissions',
  identifier: 'identifier',
  exports: 'export',
};

const HINTS: Partial<Record<StepState, string>> = { done: 'done', next: 'next step' };

interface NavigationLink {
  path: string;
  label: string;
  icon: string;
  href: string;
  current: string | null;
  hint: string;
  isDone: boolean;
  isNext: boolean;
}

/** The pages of one connection. On a phone they fold into a menu. */
export default class Navigation extends LightningElement {
  @api connection: ConnectionView | undefined = undefined;
  @api page = '';

  get currentLabel(): string {
    return CONNECTION_PAGES.find(({ path }) => path === this.page)?.label ?? 'Pages';
  }

  get groups(): { name: string; links: NavigationLink[] }[] {
    return ['Set up', 'Watch'].map((name) => ({
      name,
      links: CONNECTION_PAGES.filter(({ group }) => group === name).map(({ path, label, icon }) => {
        const step = STEP_OF_PAGE[path];
        const state = step && this.connection?.steps[step];
        return {
          path,
          label,
          icon,
          href: linkTo(this.connection?.id ?? '', path),
          current: path === this.page ? 'page' : null,
          hint: (state && HINTS[state]) ?? '',
          isDone: state === 'done',
          isNext: state === 'next',
        };
      }),
    }));
  }

  handleClick(): void {
    const menu = this.template?.querySelector('details');
    if (menu) menu.open = false;
  }
}
