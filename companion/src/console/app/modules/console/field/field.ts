import { api, LightningElement } from 'lwc';

/** A labelled field of a form, with help below it and, once refused, what is wrong with it. */
export default class Field extends LightningElement {
  @api name = '';
  @api label = '';
  @api value = '';
  @api help = '';
  @api error = '';
  @api type = 'text';
  @api placeholder = '';
  @api rows = 0;
  @api isRequired = false;

  get isMultiline(): boolean {
    return this.rows > 0;
  }

  get controlId(): string {
    return this.isMultiline ? 'area' : 'control';
  }

  get className(): string {
    return this.error ? 'slds-form-element slds-has-error' : 'slds-form-element';
  }

  /** Secrets are never offered by the browser to other sites, nor kept by it. */
  get autocomplete(): string {
    return this.type === 'password' ? 'new-password' : 'off';
  }

  get isInvalid(): string {
    return String(this.error !== '');
  }

  @api focus(): void {
    this.template?.querySelector<HTMLElement>('input, textarea')?.focus();
  }

  /** A text area takes its text as a property only. */
  renderedCallback(): void {
    const area = this.template?.querySelector('textarea');
    if (area && area.value !== this.value) area.value = this.value;
  }

  handleInput(event: Event): void {
    const { value } = event.currentTarget as HTMLInputElement;
    this.value = value;
    this.dispatchEvent(new CustomEvent('fill', { detail: { name: this.name, value } }));
  }
}
