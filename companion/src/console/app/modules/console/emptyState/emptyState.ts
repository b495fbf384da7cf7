import { api, LightningElement } from 'lwc';

/** Says why there is nothing to see, and what would change that. */
export default class EmptyState extends LightningElement {
  @api heading = '';
  @api text = '';
}
