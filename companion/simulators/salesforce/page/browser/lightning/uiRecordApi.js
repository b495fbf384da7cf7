import { freeze } from '../createAdapter.js';
import { fetchRecord } from '../recordSource.js';

/** Adapters that show a record now. */
const adapters = new Set();

const toPath = (field) =>
  typeof field === 'string' ? field : `${field.objectApiName}.${field.fieldApiName}`;

export class getRecord {
  constructor(emit) {
    this.emit = emit;
    this.emit({ data: undefined, error: undefined });
  }

  connect() {
    adapters.add(this);
    this.provide();
  }

  disconnect() {
    adapters.delete(this);
  }

  update(config) {
    this.config = config;
    this.provide();
  }

  async provide() {
    const config = this.config;
    if (!config?.recordId || !adapters.has(this)) return;
    const answer = await fetchRecord(
      config.recordId,
      (config.fields ?? []).map(toPath),
      (config.optionalFields ?? []).map(toPath),
    );
    if (config === this.config && adapters.has(this)) this.emit(freeze(answer));
  }
}

function findField(record, field) {
  const [, ...names] = toPath(field).split('.');
  return names.reduce((found, name, depth) => {
    const owner = depth === 0 ? record : found?.value;
    return owner?.fields?.[name];
  }, undefined);
}

export const getFieldValue = (record, field) => findField(record, field)?.value;
export const getFieldDisplayValue = (record, field) => findField(record, field)?.displayValue;

export async function notifyRecordUpdateAvailable(records) {
  const ids = records.map(({ recordId }) => recordId);
  const affected = [...adapters].filter(({ config }) => ids.includes(config?.recordId));
  await Promise.all(affected.map((adapter) => adapter.provide()));
}
