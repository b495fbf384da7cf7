import { api, LightningElement } from 'lwc';
import type { Choice } from '../../../api/shapes.ts';
import { toSentence } from '../../../format.ts';

export interface PickerOption extends Choice {
  value: string;
}

/** One out of many; those that cannot be picked are shown too, with the reason. */
export default class Picker extends LightningElement {
  @api label = '';
  @api value = '';
  @api options: PickerOption[] = [];
  @api placeholder = '';
  /** Leaves the label to assistive technology, where a table's column shows it already. */
  @api isLabelHidden = false;
  @api isDisabled = false;
  /** Lists the options that cannot be picked below, with their reasons. */
  @api explains = false;

  readonly groupLabel = 'Cannot be used';

  get allowed(): { value: string; text: string; isSelected: boolean }[] {
    return this.options
      .filter(({ allowed }) => allowed)
      .map(({ value, label, type }) => ({
        value,
        text: type ? `${label} (${type})` : label,
        isSelected: value === this.value,
      }));
  }

  get refused(): { value: string; text: string; name: string; reason: string }[] {
    return this.options
      .filter(({ allowed }) => !allowed)
      .map(({ value, label, type, reason }) => ({
        value,
        name: type ? `${label} (${type})` : label,
        reason: toSentence(reason),
        text: `${label} – ${toSentence(reason)}`,
      }));
  }

  get hasPlaceholder(): boolean {
    return this.placeholder !== '';
  }

  get isUnset(): boolean {
    return !this.options.some(({ value, allowed }) => allowed && value === this.value);
  }

  get labelClass(): string {
    return this.isLabelHidden ? 'slds-assistive-text' : 'field-label';
  }

  get showsRefused(): boolean {
    return this.explains && this.refused.length > 0;
  }

  get refusedSummary(): string {
    const amount = this.refused.length;
    return amount === 1 ? '1 that cannot be used, and why' : `${amount} that cannot be used, and why`;
  }

  handleChange(event: Event): void {
    event.stopPropagation();
    const { value } = event.currentTarget as HTMLSelectElement;
    this.dispatchEvent(new CustomEvent('pick', { detail: value }));
  }
}
