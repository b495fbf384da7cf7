import { api, LightningElement } from 'lwc';
import { toWords } from '../../../format.ts';
import { toneOf } from '../../../tones.ts';

/** A state or outcome in a word, coloured. */
export default class Badge extends LightningElement {
  @api state = '';
  /** Says it in other words than the state's own. */
  @api label = '';

  get className(): string {
    return `badge badge-${toneOf(this.state)}`;
  }

  get text(): string {
    return this.label || toWords(this.state);
  }
}
