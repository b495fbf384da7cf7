import { api, LightningElement } from 'lwc';
import type {
  FieldLevel,
  ImportedField,
  ImportFieldOption,
  ImportFields as Available,
} from '../../../api/import-shapes.ts';
import { toWords } from '../../../format.ts';
import type { Column, Row, RowAction } from '../../../shell/table.ts';
import type { ChoiceOption } from '../choice/choice.ts';
import type { ImportChoice } from '../importPage/importPage.ts';
import type { PickerOption } from '../picker/picker.ts';

const NEW = 'new:';

/** Which Salesforce fields go to which custom fields of Upflow. */
export default class ImportFields extends LightningElement {
  @api choice: ImportChoice | null = null;
  @api fields: Available | null = null;
  /** What was refused, by the API's names. */
  @api errors: Record<string, string> = {};
  @api mayWrite = false;

  columns: Column[] = [
    { label: 'In Salesforce' },
    { label: 'In Upflow' },
    { label: 'Change', isLabelHidden: true },
  ];
  level: FieldLevel = 'customer';
  field = '';
  target = '';
  newName = '';

  get chosen(): ImportedField[] {
    return this.choice?.fields ?? [];
  }

  get hasRows(): boolean {
    return this.chosen.length > 0;
  }

  get canAdd(): boolean {
    return this.mayWrite && this.fields !== null;
  }

  get levels(): ChoiceOption[] {
    const help = 'Of the contacts that are imported';
    return [
      { value: 'customer', label: 'The Account' },
      ...(this.choice?.contacts ? [{ value: 'contact', label: 'Its contacts', help }] : []),
    ];
  }

  get rows(): Row[] {
    return this.chosen.map(({ level, field, upflowName, upflowType, create }, index) => ({
      id: String(index),
      name: field,
      cells: [
        { text: field, note: level === 'customer' ? 'Account' : 'Contact' },
        {
          text: upflowName ?? create?.name ?? '',
          note: this.errors[`fields.${index}`] ?? toWords(upflowType ?? create?.type ?? ''),
          badge: create ? 'New' : '',
        },
        { buttons: this.mayWrite ? [{ name: 'remove', label: 'Remove' }] : [] },
      ],
    }));
  }

  get option(): ImportFieldOption | undefined {
    return this.fields?.[this.level].find(({ name }) => name === this.field);
  }

  get fieldOptions(): PickerOption[] {
    return (this.fields?.[this.level] ?? []).map(({ name, label, ...option }) => ({
      ...option,
      label: `${label}, ${name}`,
      value: name,
    }));
  }

  get targetOptions(): PickerOption[] {
    const { fits = [], type = '' } = this.option ?? {};
    const taken = new Set(this.chosen.map(({ upflowId }) => upflowId));
    const created = fits.map((one) => ({
      value: NEW + one,
      label: `New custom field, ${toWords(one).toLowerCase()}`,
      type: '',
      allowed: true,
      reason: null,
    }));
    const existing = (this.fields?.upflow ?? [])
      .filter(({ level }) => level === this.level)
      .map((one) => ({
        value: one.id,
        label: one.name,
        type: toWords(one.type).toLowerCase(),
        allowed: fits.includes(one.type) && !taken.has(one.id),
        reason: taken.has(one.id)
          ? 'Another field goes there already.'
          : `It cannot take values of the type ${type}.`,
      }));
    return [...existing, ...created];
  }

  get isNew(): boolean {
    return this.target.startsWith(NEW);
  }

  get cannotAdd(): boolean {
    return this.field === '' || this.target === '' || (this.isNew && this.newName.trim() === '');
  }

  tell(fields: ImportedField[]): void {
    this.dispatchEvent(new CustomEvent('choose', { detail: { fields } }));
  }

  handleLevel({ detail }: CustomEvent<{ value: string }>): void {
    this.level = detail.value === 'contact' ? 'contact' : 'customer';
    this.clear();
  }

  handleField({ detail }: CustomEvent<string>): void {
    this.field = detail;
    this.target = '';
    this.newName = this.option?.label ?? '';
  }

  handleTarget({ detail }: CustomEvent<string>): void {
    this.target = detail;
  }

  handleName({ detail }: CustomEvent<{ value: string }>): void {
    this.newName = detail.value;
  }

  handleAdd(): void {
    const { level, field, target } = this;
    const existing = this.fields?.upflow.find(({ id }) => id === target);
    const chosen: ImportedField = existing
      ? { level, field, upflowId: existing.id, upflowName: existing.name, upflowType: existing.type }
      : { level, field, create: { name: this.newName.trim(), type: target.slice(NEW.length) } };
    this.tell([...this.chosen, chosen]);
    this.clear();
  }

  handleRemove({ detail }: CustomEvent<RowAction>): void {
    this.tell(this.chosen.filter((_, index) => String(index) !== detail.rowId));
  }

  clear(): void {
    this.field = '';
    this.target = '';
    this.newName = '';
  }
}
