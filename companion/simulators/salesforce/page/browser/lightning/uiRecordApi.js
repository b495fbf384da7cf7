import { createAdapter } from '../createAdapter.js';
import { toRecordPath } from '../recordSource.js';

/** Adapters that show a record now. */
const adapters = new Set();

const toPath = (field) =>
  typeof field === 'string' ? field : `${field.objectApiName}.${field.fieldApiName}`;

const RecordAdapter = createAdapter(({ recordId, fields = [], optionalFields = [] }) =>
  recordId ? toRecordPath(recordId, fields.map(toPath), optionalFields.map(toPath)) : undefined,
);

/** A record, as Lightning Data Service gives it to components. */
export class getRecord extends RecordAdapter {
  connect() {
    adapters.add(this);
    super.connect();
  }

  disconnect() {
    adapters.delete(this);
    super.disconnect();
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
