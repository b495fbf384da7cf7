import { installedSetTable } from '../access/install-permission-sets.ts';
import type { Access } from '../access/resolve-access.ts';
import { bulkTables } from '../bulk/job-table.ts';
import { JobRunner } from '../bulk/job-runner.ts';
import { FaultList } from '../faults/fault-list.ts';
import { Apps } from '../oauth/apps.ts';
import { seededRandom } from '../faults/seeded-random.ts';
import { Sessions, type OpenedSession } from '../oauth/sessions.ts';
import { standingTable } from '../oauth/user-standing.ts';
import type { Schema } from '../schema/build-schema.ts';
import type { InstalledPackage } from '../schema/install-package.ts';
import { LiveSchema } from '../schema/live-schema.ts';
import type { SystemPermission } from '../schema/permission-fields.ts';
import { applyRecordTypes } from '../schema/record-types.ts';
import { RowLocks } from '../write/row-locks.ts';
import { CursorList } from '../soql/cursor-list.ts';
import type { RecordStore } from '../store/record-store.ts';
import type { Hosting } from './hosting.ts';
import { mirrorSettings } from './mirror-settings.ts';
import { purgeTable } from '../write/recycle-bin.ts';
import type { Identity } from './org-identity.ts';
import { CallLog } from './call-log.ts';
import { Clock } from './clock.ts';
import { DailyUsage } from './daily-usage.ts';
import { RunningRequests } from './running-requests.ts';
import { seedSampleOrganization } from './seed-sample-organization.ts';
import { bringSetupUpToDate } from './seed-setup.ts';
import { readPerson } from './read-person.ts';
import { makeUsers, userNames, type SampleUser, type UserName } from './sample-users.ts';
import { defaultSettings, type Settings } from './settings.ts';
import { Stats } from './stats.ts';

const JITTER_SEED = 1;

/** One Salesforce org: its schema, records, users, settings and counters. Orgs in one process share nothing. */
export class SimulatedOrg {
  readonly identity: Identity;
  readonly installed: InstalledPackage;
  readonly store: RecordStore;
  readonly users: Record<UserName, SampleUser>;
  readonly apps: Apps;
  readonly sessions: Sessions;
  readonly faults = new FaultList();
  readonly cursors: CursorList;
  readonly jobs = new JobRunner(this);
  readonly callLog = new CallLog();
  readonly clock = new Clock();
  readonly running = new RunningRequests();
  readonly usage = new DailyUsage(this.clock);
  readonly rowLocks = new RowLocks(this.clock);
  /** What makes latencies differ, the same way after each reset. */
  jitter = seededRandom(JITTER_SEED);
  stats = new Stats();
  settings: Settings = defaultSettings;
  /** Known once the server listens. */
  url = '';
  /** What the org asks of the process that it runs in; known once the server listens. */
  hosting: Hosting | null = null;
  readonly #liveSchema: LiveSchema;

  constructor(identity: Identity, installed: InstalledPackage, store: RecordStore) {
    this.identity = identity;
    this.installed = installed;
    this.store = store;
    this.#liveSchema = new LiveSchema(installed, store, () => this.settings);
    this.users = makeUsers(identity.pod, identity.sandboxName);
    this.apps = new Apps(store, identity);
    this.sessions = new Sessions(store, identity, () => this.settings);
    this.cursors = new CursorList(identity.pod, () => this.settings);
    if (store.rows('User').size === 0) seedSampleOrganization(this);
    bringSetupUpToDate(this);
  }

  /** The org's objects and fields at present. */
  get schema(): Schema {
    return this.#liveSchema.schema;
  }

  /** Signs a user in, as far as any Salesforce client is concerned. */
  openSession(name: UserName = 'integration'): OpenedSession {
    const { accessToken, refreshToken } = this.sessions.open(name);
    const user = readPerson(this, name);
    const { organizationId } = this.identity;
    return {
      accessToken,
      refreshToken,
      instanceUrl: this.url,
      userId: user.id,
      organizationId,
      username: user.username,
    };
  }

  /** What a user sees and may write at present. */
  accessOf(user: UserName): Access {
    return this.#liveSchema.accessOf(this.users[user].id).data;
  }

  /** The same through the Tooling API. */
  toolingAccessOf(user: UserName): Access {
    return this.#liveSchema.accessOf(this.users[user].id).tooling;
  }

  /** What a user may do beyond objects and fields at present. */
  systemPermissionsOf(user: UserName): ReadonlySet<SystemPermission> {
    return this.#liveSchema.accessOf(this.users[user].id).system;
  }

  /** When what a user sees of the schema last changed. */
  schemaChangedAt(user: UserName): number {
    return this.#liveSchema.changedAt(this.users[user].id);
  }

  changeSettings(changes: Partial<Settings>): void {
    this.settings = { ...this.settings, ...changes };
    applyRecordTypes(this);
    mirrorSettings(this);
    this.store.commit();
    this.#liveSchema.settingsChanged();
  }

  /** Back to the sample organization. Sessions stay valid: the users keep their ids. */
  reset(): void {
    void this.jobs.stop();
    const objects = [...this.schema.values()].map((object) => object.name);
    this.store.clear([purgeTable, standingTable, installedSetTable, ...bulkTables, ...objects]);
    seedSampleOrganization(this);
    bringSetupUpToDate(this);
    this.stats = new Stats();
    this.callLog.clear();
    this.clock.reset();
    this.usage.set(0);
    this.rowLocks.clear();
    this.jitter = seededRandom(JITTER_SEED);
    this.faults.replace([]);
    this.settings = defaultSettings;
    this.changeSettings({});
  }

  /** The name under which a session can be opened for the user with this id. */
  nameOfUser(id: string): UserName | undefined {
    return userNames.find((name) => this.users[name].id === id);
  }
}
