import { api, LightningElement } from 'lwc';

export interface ChoiceOption {
  value: string;
  label: string;
  help?: string;
}

/** One out of a few, each explained. */
export default class Choice extends LightningElement {
  @api legend = '';
  @api name = 'choice';
  @api value = '';
  @api options: ChoiceOption[] = [];

  get items(): (ChoiceOption & { isChecked: boolean })[] {
    return this.options.map((option) => ({ ...option, isChecked: option.value === this.value }));
  }

  handleChange(event: Event): void {
    event.stopPropagation();
    const { value } = event.currentTarget as HTMLInputElement;
    this.dispatchEvent(new CustomEvent('fill', { detail: { name: this.name, value } }));
  }
}
