import { installedSetTable } from '../access/install-permission-sets.ts';
import type { Access } from '../access/resolve-access.ts';
import { JobRunner } from '../bulk/job-runner.ts';
import { bulkTables } from '../bulk/job-table.ts';
import { FaultList } from '../faults/fault-list.ts';
import { seededRandom } from '../faults/seeded-random.ts';
import { Apps } from '../oauth/apps.ts';
import { Sessions, type OpenedSession } from '../oauth/sessions.ts';
import { standingTable } from '../oauth/user-standing.ts';
import type { Schema } from '../schema/build-schema.ts';
import type { InstalledPackage } from '../schema/install-package.ts';
import { LiveSchema } from '../schema/live-schema.ts';
import type { SystemPermission } from '../schema/permission-fields.ts';
import { applyRecordTypes } from '../schema/record-types.ts';
import { CursorList } from '../soql/cursor-list.ts';
import type { RecordStore } from '../store/record-store.ts';
import { purgeTable } from '../write/recycle-bin.ts';
import { RowLocks } from '../write/row-locks.ts';
import { CallLog } from './call-log.ts';
import { Clock } from './clock.ts';
import { DailyUsage } from './daily-usage.ts';
import type { Hosting } from './hosting.ts';
import { mirrorSettings } from './mirror-settings.ts';
import type { Identity } from './org-identity.ts';
import { RunningRequests } from './running-requests.ts';
import { makeUsers, type SampleUser, type UserName } from './sample-users.ts';
import { seedSampleOrganization } from './seed-sample-organization.ts';
import { bringSetupUpToDate } from './seed-setup.ts';
import { readPerson } from './read-person.ts';
import { defaultSettings, type Settings } from './settings.ts';
import { Stats } from './stats.ts';

const JITTER_SEED = 1;

/** One Salesforce org, put together from its parts. Orgs in one process share nothing. */
export class SimulatedOrg {
  readonly identity: Identity;
  readonly installed: InstalledPackage;
  readonly store: RecordStore;
  readonly users: Record<UserName, SampleUser>;
  readonly apps: Apps;
  readonly sessions: Sessions;
  readonly cursors: CursorList;
  readonly jobs: JobRunner;
  /** The only time that the org knows. */
  readonly clock = new Clock();
  readonly faults = new FaultList();
  readonly callLog = new CallLog();
  readonly running = new RunningRequests();
  readonly usage = {
    apiRequests: new DailyUsage(this.clock),
    bulkBatches: new DailyUsage(this.clock),
    bulkQueryJobs: new DailyUsage(this.clock),
  };
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
    const settings = (): Settings => this.settings;
    this.identity = identity;
    this.installed = installed;
    this.store = store;
    this.#liveSchema = new LiveSchema(installed, store, this.clock, settings);
    this.users = makeUsers(identity.pod, identity.sandboxName);
    this.apps = new Apps(store, identity);
    this.sessions = new Sessions(store, identity, this.clock, settings);
    this.cursors = new CursorList(identity.pod, this.clock, settings);
    this.jobs = new JobRunner(this);
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

  /**
   * Back to the sample organization at this machine's time, with the settings of a new org. Apps and sessions stay: the
   * users keep their ids.
   */
  reset(): void {
    void this.jobs.stop();
    this.clock.reset();
    this.settings = defaultSettings;
    const objects = [...this.schema.values()].map((object) => object.name);
    this.store.clear([purgeTable, standingTable, installedSetTable, ...bulkTables, ...objects]);
    seedSampleOrganization(this);
    bringSetupUpToDate(this);
    this.#liveSchema.settingsChanged();
    this.faults.replace([]);
    this.cursors.clear();
    this.rowLocks.clear();
    this.callLog.clear();
    for (const usage of Object.values(this.usage)) usage.set(0);
    this.stats = new Stats();
    this.jitter = seededRandom(JITTER_SEED);
  }
}
