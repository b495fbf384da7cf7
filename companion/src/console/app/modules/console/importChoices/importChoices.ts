import { api, LightningElement } from 'lwc';
import type { ImportFields } from '../../../api/import-shapes.ts';
import type { ImportChoice } from '../importPage/importPage.ts';
import type { PickerOption } from '../picker/picker.ts';

const OPERATORS: PickerOption[] = [
  ['equals', 'Equals'],
  ['contains', 'Contains'],
  ['in list', 'Is one of a list'],
].map(([value = '', label = '']) => ({ value, label, type: '', allowed: true, reason: null }));

/** Owners and contacts: whether they are imported, which of them, and with which position. */
export default class ImportChoices extends LightningElement {
  @api choice: ImportChoice | null = null;
  @api fields: ImportFields | null = null;
  /** What was refused, by the API's names. */
  @api errors: Record<string, string> = {};
  @api mayWrite = false;

  readonly operators = OPERATORS;
  /** As they are being written; what they mean may not be complete yet. */
  writtenValues: string | null = null;
  writtenTable: string | null = null;

  get isReadOnly(): boolean {
    return !this.mayWrite;
  }

  get contactOptions(): PickerOption[] {
    const none = { value: '', label: 'None', type: '', allowed: true, reason: null };
    const known = (this.fields?.contact ?? []).map(({ name, label, ...option }) => ({
      ...option,
      label: `${label}, ${name}`,
      value: name,
    }));
    const chosen = [...new Set([this.filterField, this.positionField])].filter(
      (field) => field !== '' && !known.some(({ value }) => value === field),
    );
    const unknown = chosen.map((field) => ({
      value: field,
      label: field,
      type: '',
      allowed: true,
      reason: null,
    }));
    return this.filterField || this.positionField ? [none, ...unknown, ...known] : [...unknown, ...known];
  }

  get filterField(): string {
    return this.choice?.filter?.field ?? '';
  }

  get hasFilter(): boolean {
    return this.choice?.filter != null;
  }

  get operator(): string {
    return this.choice?.filter?.operator ?? 'equals';
  }

  get values(): string {
    return this.writtenValues ?? this.choice?.filter?.values.join(', ') ?? '';
  }

  get filterError(): string {
    return (
      this.errors['filter.field'] ?? this.errors['filter.values'] ?? this.errors['filter.values.0'] ?? ''
    );
  }

  get positionField(): string {
    return this.choice?.positions?.field ?? '';
  }

  get hasPositions(): boolean {
    return this.choice?.positions != null;
  }

  get table(): string {
    if (this.writtenTable !== null) return this.writtenTable;
    return Object.entries(this.choice?.positions?.table ?? {})
      .map(([value, position]) => `${value} = ${position}`)
      .join('\n');
  }

  get positionsError(): string {
    return this.errors['positions.field'] ?? this.errors['positions.table'] ?? '';
  }

  tell(change: Partial<ImportChoice>): void {
    this.dispatchEvent(new CustomEvent('choose', { detail: change }));
  }

  handleSwitch(event: Event): void {
    const { name, checked } = event.currentTarget as HTMLInputElement;
    if (name === 'owners') this.tell({ owners: checked });
    else this.tell({ contacts: checked });
  }

  handleFilterField({ detail: field }: CustomEvent<string>): void {
    const { operator = 'equals', values = [] } = this.choice?.filter ?? {};
    if (field === '') this.writtenValues = null;
    this.tell({ filter: field === '' ? null : { field, operator, values } });
  }

  handleOperator({ detail: operator }: CustomEvent<string>): void {
    const { filter } = this.choice ?? {};
    if (filter) this.tell({ filter: { ...filter, operator } });
  }

  handleValues({ detail }: CustomEvent<{ value: string }>): void {
    const { filter } = this.choice ?? {};
    if (!filter) return;
    const { value } = detail;
    this.writtenValues = value;
    // A single value may hold a comma.
    const values = filter.operator === 'in list' ? value.split(',').map((text) => text.trim()) : [value];
    this.tell({ filter: { ...filter, values: values.filter(Boolean) } });
  }

  handlePositionField({ detail: field }: CustomEvent<string>): void {
    if (field === '') this.writtenTable = null;
    this.tell({ positions: field === '' ? null : { field, table: this.choice?.positions?.table ?? null } });
  }

  handleTable({ detail }: CustomEvent<{ value: string }>): void {
    const { positions } = this.choice ?? {};
    if (!positions) return;
    this.writtenTable = detail.value;
    const lines = detail.value.split('\n').flatMap((line) => {
      const [value = '', position = ''] = line.split('=').map((part) => part.trim());
      return value && position ? [[value, position] as const] : [];
    });
    this.tell({ positions: { ...positions, table: lines.length > 0 ? Object.fromEntries(lines) : null } });
  }
}
