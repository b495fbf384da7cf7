import type { Connection } from 'jsforce';
import { findPackagePrefix } from './describe-account.ts';

/** One thing that the integration user needs, and what of it is missing. */
export interface PermissionCheck {
  name: string;
  ok: boolean;
  /** The exact grants: `Account: Edit`, or the API name of a field. */
  missing: string[];
  explanation: string;
  action: string;
}

/** What the connection reads and writes on Account. */
export interface NeededFields {
  /** Fields of the package, without the namespace, or of the admin's own. */
  written: readonly string[];
  /** Fields that must be seen. */
  read: readonly string[];
  /** Fields whose values are imported; absent where nothing is. */
  imported?: { account: readonly string[]; contact: readonly string[] };
}

const PERMISSION_SET = 'Upflow Integration';
const OWN_SET = 'a permission set of your own (Salesforce leaves standard objects out of installed ones)';
const API_REFUSALS = new Set(['API_CURRENTLY_DISABLED', 'API_DISABLED_FOR_ORG']);

/** Describes that are seen by the user, or are not there for it. */
interface Seen {
  objects: ReadonlyMap<string, { queryable: boolean; updateable: boolean }>;
  account: readonly { name: string; updateable: boolean }[];
  contact: readonly { name: string }[];
}

/**
 * Compares what the integration user may do with what the connection needs. Costs two or three API calls.
 *
 * @throws what the calls throw, but for an API that is switched off: that is one of the findings
 */
export async function checkPermissions(
  connection: Connection,
  needed: NeededFields,
): Promise<PermissionCheck[]> {
  try {
    const seen = await look(connection, (needed.imported?.contact.length ?? 0) > 0);
    const isInstalled = hasPackage(seen) || (await knowsPermissionSet(connection));
    return [
      checkApi(undefined),
      ...checkObjects(seen),
      checkPackage(seen, isInstalled),
      ...checkFields(seen, needed),
      ...checkImportedFields(seen, needed),
    ];
  } catch (error) {
    const { errorCode } = error as { errorCode?: unknown };
    if (typeof errorCode !== 'string' || !API_REFUSALS.has(errorCode)) throw error;
    return [checkApi(errorCode)];
  }
}

async function look(connection: Connection, withContact: boolean): Promise<Seen> {
  const { sobjects } = await connection.describeGlobal();
  const objects = new Map(
    sobjects.map(({ name, queryable, updateable }) => [name, { queryable, updateable }]),
  );
  const fieldsOf = async (object: string) =>
    objects.has(object) ? (await connection.sobject(object).describe()).fields : [];
  return {
    objects,
    account: await fieldsOf('Account'),
    contact: withContact ? await fieldsOf('Contact') : [],
  };
}

function checkApi(refusal: string | undefined): PermissionCheck {
  const isForAll = refusal === 'API_DISABLED_FOR_ORG';
  return {
    name: 'API access',
    ok: refusal === undefined,
    missing: refusal === undefined ? [] : [isForAll ? 'API of the org' : 'System permission: API Enabled'],
    explanation: 'The companion works through the API only.',
    action: isForAll
      ? 'Ask Salesforce to enable the API; Enterprise Edition and above have it.'
      : `Tick API Enabled for the integration user, in ${OWN_SET}.`,
  };
}

function checkObjects({ objects }: Seen): PermissionCheck[] {
  const check = (object: string, grants: readonly string[], missing: string[], explanation: string) => ({
    name: `${object}: ${grants.join(', ').toLowerCase()}`,
    ok: missing.length === 0,
    missing,
    explanation,
    action: `Give the integration user ${grants.join(' and ')} on ${object}, in ${OWN_SET}.`,
  });
  const account = objects.get('Account');
  const contact = objects.get('Contact');
  const user = objects.get('User');
  return [
    check(
      'Account',
      ['Read', 'Edit'],
      [
        ...(account?.queryable === true ? [] : ['Account: Read']),
        ...(account?.updateable === true ? [] : ['Account: Edit']),
      ],
      'Figures are written on Accounts.',
    ),
    check(
      'Contact',
      ['Read'],
      contact?.queryable === true ? [] : ['Contact: Read'],
      'Contacts are read for the import.',
    ),
    check(
      'User',
      ['Read'],
      user?.queryable === true ? [] : ['User: Read'],
      'Account owners are read for the import.',
    ),
  ];
}

function checkPackage(seen: Seen, isInstalled: boolean): PermissionCheck {
  const ok = hasPackage(seen);
  return {
    name: 'Upflow package',
    ok,
    missing: ok ? [] : [isInstalled ? `Permission set: ${PERMISSION_SET}` : 'Package: Upflow'],
    explanation: ok
      ? 'The package brings the fields that figures are written to.'
      : isInstalled
        ? 'The package is installed, but its fields are hidden from the integration user.'
        : 'The package brings the fields that figures are written to. Where it is installed, its fields are hidden.',
    action: isInstalled
      ? `Assign the permission set ${PERMISSION_SET} to the integration user.`
      : `Install the package, then assign the permission set ${PERMISSION_SET} to the integration user.`,
  };
}

function checkFields({ account }: Seen, { written, read }: NeededFields): PermissionCheck[] {
  const prefix = findPackagePrefix(account.map(({ name }) => name)) ?? '';
  const fields = new Map(account.map((field) => [field.name.toLowerCase(), field]));
  const find = (name: string) =>
    fields.get(name.toLowerCase()) ?? fields.get(`${prefix}${name}`.toLowerCase());
  const hidden = read.filter((name) => find(name) === undefined);
  const closed = written.filter((name) => find(name)?.updateable !== true);
  return [
    {
      name: 'Fields that are written',
      ok: closed.length === 0,
      missing: closed.map(
        (name) => `${find(name)?.name ?? name}: ${find(name) === undefined ? 'Read, Edit' : 'Edit'}`,
      ),
      explanation: 'Each exported value goes to a field that the integration user must see and may edit.',
      action: `Assign the permission set ${PERMISSION_SET} to the integration user; give it Edit access to fields of your own in ${OWN_SET}. A field that was deleted has to be chosen anew in the mapping.`,
    },
    {
      name: 'Shared identifier',
      ok: hidden.length === 0,
      missing: hidden.map((name) => `${name}: Read`),
      explanation: 'Accounts are found by this field.',
      action: `Give the integration user Read access to the field in ${OWN_SET}, or choose another identifier if it was deleted.`,
    },
  ];
}

function checkImportedFields({ account, contact }: Seen, { imported }: NeededFields): PermissionCheck[] {
  if (imported === undefined) return [];
  const hiddenOf = (object: string, seen: readonly { name: string }[], names: readonly string[]) => {
    const known = new Set(seen.map(({ name }) => name.toLowerCase()));
    return names.filter((name) => !known.has(name.toLowerCase())).map((name) => `${object}.${name}: Read`);
  };
  const missing = [
    ...hiddenOf('Account', account, imported.account),
    ...hiddenOf('Contact', contact, imported.contact),
  ];
  return [
    {
      name: 'Fields that are imported',
      ok: missing.length === 0,
      missing,
      explanation: 'Their values are read, and sent to Upflow.',
      action: `Give the integration user Read access to the fields in ${OWN_SET}, or take those that were deleted out of the import.`,
    },
  ];
}

function hasPackage({ account }: Seen): boolean {
  return findPackagePrefix(account.map(({ name }) => name)) !== undefined;
}

/** Who may see no set-up does not learn it here; then nothing is claimed. */
async function knowsPermissionSet(connection: Connection): Promise<boolean> {
  try {
    const name = PERMISSION_SET.replace(' ', '_');
    const { totalSize } = await connection.query(`SELECT Id FROM PermissionSet WHERE Name = '${name}'`);
    return totalSize > 0;
  } catch {
    return false;
  }
}
