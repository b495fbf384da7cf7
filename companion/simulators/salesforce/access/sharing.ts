import type { UserName } from '../org/sample-users.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import type { Access, VisibleObject } from './resolve-access.ts';
import type { SharingModel } from './sharing-settings.ts';

/** Whose eyes records are seen with. Every context of a request or job is one. */
export interface Viewer {
  org: SimulatedOrg;
  user: UserName;
  userId: string;
  access: Access;
}

/** The org as one of its users sees it at present. */
export function viewAs(org: SimulatedOrg, user: UserName): Viewer {
  return { org, user, userId: org.users[user].id, access: org.accessOf(user) };
}

type Judge = (record: StoredRecord) => boolean;

const everyRecord: Judge = () => true;

/**
 * Compiles, for one user and one object, whether a record may be seen. What it does not let through is as good as not
 * there: absent from queries and lists, and NOT_FOUND by its id.
 */
export function compileVisibility(viewer: Viewer, object: VisibleObject): Judge {
  const { viewAll, modifyAll } = object.permission;
  const model = sharingModel(viewer, object);
  if (viewAll || modifyAll || model === 'Read' || model === 'ReadWrite') return everyRecord;
  if (model === 'ControlledByParent') return followAccount(viewer, compileVisibility);
  return compileOwnership(viewer);
}

/** Compiles whether a record may be changed by a user who may edit the object at all. */
export function compileEditing(viewer: Viewer, object: VisibleObject): Judge {
  const model = sharingModel(viewer, object);
  if (object.permission.modifyAll || model === 'ReadWrite') return everyRecord;
  if (model === 'ControlledByParent') return followAccount(viewer, compileEditing);
  return compileOwnership(viewer);
}

/** Compiles whether a record may be deleted: reading and writing may be public, deleting never is. */
export function compileDeletion(viewer: Viewer, object: VisibleObject): Judge {
  if (object.permission.modifyAll || !object.fields.has('ownerid')) return everyRecord;
  if (sharingModel(viewer, object) === 'ControlledByParent') return followAccount(viewer, compileEditing);
  return compileOwnership(viewer);
}

/** Whether the user sees a record of an object. */
export function canSee(viewer: Viewer, object: VisibleObject, record: StoredRecord): boolean {
  return compileVisibility(viewer, object)(record);
}

function sharingModel({ org }: Viewer, { schema, fields }: VisibleObject): SharingModel {
  if (!fields.has('ownerid')) return 'ReadWrite';
  const { sharing } = org.settings;
  const usual =
    schema.name === 'Contact' && sharing.Account !== undefined ? 'ControlledByParent' : 'ReadWrite';
  return sharing[schema.name] ?? usual;
}

/** Own records, and those of users below in the role hierarchy. */
function compileOwnership({ org, user, userId }: Viewer): Judge {
  const below = org.settings.subordinates[user] ?? [];
  const owners = new Set([userId, ...below.map((name) => org.users[name].id)]);
  return (record) => owners.has(String(record.OwnerId));
}

/** A record that follows its Account; one without an Account is its owner's alone. */
function followAccount(viewer: Viewer, compile: (viewer: Viewer, object: VisibleObject) => Judge): Judge {
  const accounts = viewer.access.get('account');
  const judgeAccount = accounts === undefined ? () => false : compile(viewer, accounts);
  const isOwn = compileOwnership(viewer);
  return (record) => {
    if (record.AccountId === undefined) return isOwn(record);
    const account = viewer.org.store.get('Account', String(record.AccountId));
    return account !== undefined && judgeAccount(account);
  };
}
