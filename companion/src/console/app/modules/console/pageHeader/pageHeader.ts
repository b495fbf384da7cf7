import { api, LightningElement } from 'lwc';
import { takeHeadingFocus } from '../../../shell/focus-heading.ts';

/** A page's heading, which also names the browser's tab and takes the focus when the page was navigated to. */
export default class PageHeader extends LightningElement {
  @api heading = '';
  @api lead = '';
  /** Name of the connection; empty on pages of none. */
  @api context = '';

  renderedCallback(): void {
    document.title = [this.heading, this.context, 'Upflow for Salesforce'].filter(Boolean).join(' · ');
    if (takeHeadingFocus()) {
      window.scrollTo(0, 0);
      this.template?.querySelector('h1')?.focus({ preventScroll: true });
    }
  }
}
