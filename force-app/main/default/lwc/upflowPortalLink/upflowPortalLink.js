import { LightningElement, api } from 'lwc';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { fill, formatMomentDay, toSecureLink } from 'c/upflowFormat';
import ABSENT from '@salesforce/label/c.Portal_Absent';
import COPIED from '@salesforce/label/c.Portal_Copied';
import COPIED_TITLE from '@salesforce/label/c.Portal_Copied_Title';
import COPIED_MESSAGE from '@salesforce/label/c.Portal_Copied_Message';
import COPY from '@salesforce/label/c.Portal_Copy';
import COPY_FAILED from '@salesforce/label/c.Portal_Copy_Failed';
import EXPIRED from '@salesforce/label/c.Portal_Expired';
import NEW_TAB from '@salesforce/label/c.Opens_New_Tab';
import OPEN from '@salesforce/label/c.Portal_Open';
import TITLE from '@salesforce/label/c.Portal_Title';
import UNSAFE from '@salesforce/label/c.Portal_Unsafe';
import VALID_UNTIL from '@salesforce/label/c.Portal_Valid_Until';

export default class UpflowPortalLink extends LightningElement {
  /**
   * Address of the portal.
   * @type {string | null | undefined}
   */
  @api url;

  /**
   * Moment at which the link stops working, as an ISO date and time.
   * @type {string | null | undefined}
   */
  @api expires;

  // Templates drop the blank between two elements.
  labels = { TITLE, OPEN, NEW_TAB: ` ${NEW_TAB}` };
  copied = false;

  get isExpired() {
    return Boolean(this.expires) && Date.parse(String(this.expires)) <= Date.now();
  }

  get link() {
    return this.isExpired ? undefined : toSecureLink(this.url);
  }

  get validity() {
    return this.expires ? fill(VALID_UNTIL, formatMomentDay(this.expires)) : '';
  }

  get reasonHidden() {
    if (!this.url) return ABSENT;
    return this.isExpired ? fill(EXPIRED, formatMomentDay(String(this.expires))) : UNSAFE;
  }

  get copyLabel() {
    return this.copied ? COPIED : COPY;
  }

  get copyIcon() {
    return this.copied ? 'utility:check' : 'utility:copy_to_clipboard';
  }

  async handleCopy() {
    try {
      await navigator.clipboard.writeText(String(this.link));
      this.copied = true;
      this.dispatchEvent(
        new ShowToastEvent({ title: COPIED_TITLE, message: COPIED_MESSAGE, variant: 'success' })
      );
    } catch {
      this.dispatchEvent(new ShowToastEvent({ title: COPY_FAILED, variant: 'warning' }));
    }
  }

  handleLeave() {
    this.copied = false;
  }
}
