import { api, LightningElement } from 'lwc';
import type { MappedValue as Value } from '../../../api/export-shapes.ts';
import { toSentence } from '../../../format.ts';
import type { PickerOption } from '../picker/picker.ts';

/** One of Upflow's values: whether it is written, and to which field. */
export default class MappedValue extends LightningElement {
  @api value: (Value & { clear?: boolean; refusal?: string }) | null = null;
  @api mayWrite = false;

  get isOn(): boolean {
    return this.value?.on ?? false;
  }

  get isDisabled(): boolean {
    return !this.mayWrite;
  }

  get cannotPick(): boolean {
    return !this.mayWrite || !this.isOn;
  }

  get pickerLabel(): string {
    return `Field for ${this.value?.label ?? ''}`;
  }

  get switchLabel(): string {
    return `Write ${this.value?.label ?? ''}`;
  }

  get clearLabel(): string {
    return `Clear ${this.value?.label ?? ''} on all Accounts`;
  }

  get field(): string {
    return this.value?.field ?? '';
  }

  get options(): PickerOption[] {
    const { packageField, type = '', choices = [] } = this.value ?? {};
    const own = choices.map(({ name, ...choice }) => ({
      ...choice,
      label: `${choice.label}, ${name}`,
      value: name,
    }));
    return packageField
      ? [{ value: '', label: `Package: ${packageField}`, type, allowed: true, reason: null }, ...own]
      : own;
  }

  get placeholder(): string {
    return this.value?.packageField ? '' : 'Choose a field';
  }

  get trouble(): string {
    return this.value?.refusal || toSentence(this.value?.problem);
  }

  /** Turned off just now: what is on the Accounts already stays, unless it is cleared. */
  get offersClear(): boolean {
    return this.mayWrite && this.value?.clear !== undefined && !this.isOn;
  }

  get clears(): boolean {
    return this.value?.clear ?? false;
  }

  tell(edit: { on?: boolean; field?: string | null; clear?: boolean }): void {
    const { value = '', on = false, field = null, clear } = this.value ?? {};
    const whole = { on, field, ...(clear === undefined ? {} : { clear }), ...edit };
    this.dispatchEvent(new CustomEvent('edit', { detail: { value, edit: whole } }));
  }

  handleSwitch(event: Event): void {
    const on = (event.currentTarget as HTMLInputElement).checked;
    this.tell(on ? { on } : { on, clear: false });
  }

  handlePick(event: CustomEvent<string>): void {
    this.tell({ field: event.detail || null });
  }

  handleClear(event: Event): void {
    this.tell({ clear: (event.currentTarget as HTMLInputElement).checked });
  }
}
