import { z } from 'zod';
import { insertRecord } from '../org/insert-record.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { mustFindObject } from '../schema/build-schema.ts';
import type { Changes, StoredRecord } from '../store/stored-record.ts';
import { checkReferences } from '../write/check-references.ts';
import { checkUnique } from '../write/check-unique.ts';
import { checkValues } from '../write/check-values.ts';
import { convertValue } from '../write/convert-value.ts';
import { openDraft } from '../write/draft.ts';
import { actAsAdmin } from './act-as-admin.ts';
import { ControlError } from './control-error.ts';

const MAX_SEEDED = 1_000_000;
const ROWS_PER_COMMIT = 1000;

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
type SeedRecord = Record<string, z.infer<typeof value>>;

export const seedShape = z.union(
  [
    z.strictObject({ count: z.number().int().min(1).max(MAX_SEEDED) }),
    z.strictObject({ records: z.array(z.record(z.string(), value)) }),
  ],
  { error: 'either count, a whole number, or records, a list of objects of field values, is needed' },
);

/** What every new record gets, whatever it was given. */
const stamps: readonly string[] = [
  ...['Id', 'CreatedDate', 'CreatedById'],
  ...['LastModifiedDate', 'LastModifiedById', 'SystemModstamp'],
];

interface Seeded {
  created: string[];
}

/** Adds Accounts as if an admin had loaded them: no user's field security applies, and no validation rule. */
export function seedAccounts(org: SimulatedOrg, seed: z.infer<typeof seedShape>): Seeded {
  if ('records' in seed) {
    const rows = seed.records.map((record) => checkRecord(org, readValues(org, record)));
    return { created: insertAll(org, rows) };
  }
  const created: string[] = [];
  // In portions: the journal writes each commit as one line.
  for (let left = seed.count, next = 1; left > 0; left -= ROWS_PER_COMMIT) {
    const portion = inventAccounts(org, next, Math.min(left, ROWS_PER_COMMIT));
    next = portion.next;
    created.push(...insertAll(org, portion.rows));
  }
  return { created };
}

function insertAll(org: SimulatedOrg, rows: Changes[]): string[] {
  const { fields } = mustFindObject(org.schema, 'Account');
  const unique = [...fields.values()].filter((field) => field.unique);
  const start = org.store.savepoint();
  const ids = rows.map((values) => {
    const taken = checkUnique(org, 'Account', null, unique, values)[0];
    if (taken !== undefined) {
      org.store.rollbackTo(start);
      throw new ControlError(taken.message);
    }
    return insertRecord(
      org,
      'Account',
      { ...values, Name: values.Name ?? 'Unnamed' },
      { userId: org.users.rep.id },
    );
  });
  org.store.commit();
  return ids;
}

/** Accounts with a shared identifier each: C-000001 and so on, leaving out those that are taken. */
function inventAccounts(org: SimulatedOrg, from: number, count: number): { rows: Changes[]; next: number } {
  const field = `${org.installed.namespace}__Shared_Identifier__c`;
  const rows: Changes[] = [];
  let next = from;
  for (; rows.length < count; next += 1) {
    const identifier = `C-${String(next).padStart(6, '0')}`;
    if (org.store.find('Account', field, identifier)?.length !== 0) continue;
    rows.push({ Name: `Seeded Company ${identifier}`, [field]: identifier });
  }
  return { rows, next };
}

/** Field names may leave the package's namespace out. */
function readValues(org: SimulatedOrg, record: SeedRecord): Changes {
  const { fields } = mustFindObject(org.schema, 'Account');
  const entries = Object.entries(record).map(([name, given]) => {
    const field =
      fields.get(name.toLowerCase()) ?? fields.get(`${org.installed.namespace}__${name}`.toLowerCase());
    if (field === undefined) throw new ControlError(`Account has no field ${name}.`);
    if (stamps.includes(field.name)) throw new ControlError(`${field.name} is given by the platform.`);
    const conversion = convertValue(field, given);
    if (!conversion.ok)
      throw new ControlError(`${name}: a ${conversion.wanted} is needed, not ${conversion.found}.`);
    return [field.name, conversion.value] as const;
  });
  return Object.fromEntries(entries);
}

/** An admin loads what the fields can hold, and refers to what there is. */
function checkRecord(org: SimulatedOrg, values: Changes): Changes {
  const context = actAsAdmin(org);
  const object = context.access.get('account');
  if (object === undefined) throw new ControlError('The admin has no access to Account.');
  const draft = openDraft(context, { object, input: { fields: [], changes: values } }, null);
  const [error] = [...checkReferences(draft), ...checkValues(draft)];
  if (error !== undefined) throw new ControlError(`${error.statusCode}: ${error.message}`);
  return draft.changes;
}

/** All live Accounts with every field that has a value, whoever may see it. */
export function listAccounts(org: SimulatedOrg): StoredRecord[] {
  return [...org.store.rows('Account').values()].filter((record) => record.IsDeleted !== true);
}
