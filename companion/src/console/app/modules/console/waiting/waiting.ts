import { api, LightningElement } from 'lwc';

/** Something is being fetched. */
export default class Waiting extends LightningElement {
  @api text = 'Loading';
}
