import type { SimulatedOrg } from '../org/simulated-org.ts';

/** Takes a deleted field's values and its field-level security away, so that a later field of its name starts empty. */
export function clearField(org: SimulatedOrg, fullName: string): void {
  const [object = '', field = ''] = fullName.split('.');
  clearValues(org, object, field);
  if (object === 'Contact') clearValues(org, 'Account', field.replace(/__c$/, '__pc'));
  for (const [id, row] of org.store.rows('FieldPermissions')) {
    if (row.Field === fullName) org.store.remove('FieldPermissions', id);
  }
}

function clearValues(org: SimulatedOrg, table: string, field: string): void {
  for (const [id, row] of org.store.rows(table)) {
    if (field in row) org.store.put(table, id, { [field]: null });
  }
}
