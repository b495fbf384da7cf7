import { callApi } from '../../../api/call-api.ts';
import type { MappedValue, Mapping } from '../../../api/export-shapes.ts';
import { count } from '../../../format.ts';
import { linkTo } from '../../../shell/read-route.ts';
import { Page } from '../page/page.ts';

export interface MappingEdit {
  on: boolean;
  field: string | null;
  clear?: boolean;
}

interface ShownValue extends MappedValue {
  refusal: string;
}

const toGroups = (values: ShownValue[]): { name: string; values: ShownValue[] }[] =>
  [...Map.groupBy(values, ({ group }) => group)].map(([name, members]) => ({ name, values: members }));

/** Which of Upflow's values are written to which fields of the Account. */
export default class MappingPage extends Page {
  mapping: Mapping | null = null;
  /** What was changed and not yet saved, by value. */
  edits: Record<string, MappingEdit> = {};

  connectedCallback(): void {
    void this.load();
  }

  get groups(): { name: string; values: ShownValue[] }[] {
    const { values = [], customFields = [] } = this.mapping ?? {};
    return toGroups(
      [...values, ...customFields].map((value) => ({
        ...value,
        ...this.edits[value.value],
        refusal: this.errorOf(value.value),
      })),
    );
  }

  get isEmpty(): boolean {
    return this.isReady && this.groups.length === 0;
  }

  get changed(): number {
    return Object.keys(this.edits).length;
  }

  get hasChanges(): boolean {
    return this.changed > 0;
  }

  get changedText(): string {
    return `${count(this.changed, 'change')} not yet saved`;
  }

  get nextLink(): string {
    return linkTo(this.connectionId, 'preflight');
  }

  async load(): Promise<void> {
    await this.fill(async () => {
      this.mapping = await callApi<Mapping>('GET', `${this.base}/mapping`);
    });
  }

  handleEdit(event: CustomEvent<{ value: string; edit: MappingEdit }>): void {
    const { value, edit } = event.detail;
    this.edits = { ...this.edits, [value]: edit };
  }

  handleDiscard(): void {
    this.edits = {};
    this.refusal = null;
  }

  async handleSave(): Promise<void> {
    await this.act(async () => {
      this.mapping = await callApi<Mapping>('PUT', `${this.base}/mapping`, { choices: this.edits });
      this.edits = {};
    }, 'The mapping is saved.');
  }
}
