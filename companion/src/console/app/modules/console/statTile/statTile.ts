import { api, LightningElement } from 'lwc';

/** One figure with its name. */
export default class StatTile extends LightningElement {
  @api label = '';
  @api figure = '';
  @api note = '';
}
