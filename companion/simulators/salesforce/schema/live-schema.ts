import { collectGrants, grantTables } from '../access/collect-grants.ts';
import { resolveAccess, type Access } from '../access/resolve-access.ts';
import type { Clock } from '../org/clock.ts';
import type { Settings } from '../org/settings.ts';
import type { RecordStore } from '../store/record-store.ts';
import { buildSchema, type Schema } from './build-schema.ts';
import { customizeSchema } from './customize-schema.ts';
import { customFieldTable, readSchemaChanges } from './custom-field-rows.ts';
import type { OrgFeatures } from './features.ts';
import type { InstalledPackage } from './install-package.ts';
import type { SystemPermission } from './permission-fields.ts';

/** What a user sees through the data API, and through the Tooling API, which knows the set-up only. */
export interface ApiAccess {
  data: Access;
  tooling: Access;
  /** The permissions that concern no object. */
  system: ReadonlySet<SystemPermission>;
}

/**
 * The schema and each user's access to it. Both follow from rows of the org's set-up and are worked out anew when those
 * rows have changed, by whatever way, so that a change through the API has its effect at once and a rollback takes it back.
 */
export class LiveSchema {
  readonly #installed: InstalledPackage;
  readonly #store: RecordStore;
  readonly #clock: Clock;
  readonly #settings: () => Settings;
  #schema: Schema = new Map();
  #builtAt = -1;
  #indexed: { table: string; field: string }[] = [];
  readonly #access = new Map<string, ApiAccess & { stamp: string }>();
  #settingsChanges = 0;
  #changedAt: number;

  constructor(installed: InstalledPackage, store: RecordStore, clock: Clock, settings: () => Settings) {
    this.#installed = installed;
    this.#store = store;
    this.#clock = clock;
    this.#settings = settings;
    this.#changedAt = clock.now();
  }

  get schema(): Schema {
    const now = this.#store.changesOf(customFieldTable);
    if (now !== this.#builtAt) {
      this.#builtAt = now;
      this.#rebuild();
    }
    return this.#schema;
  }

  /** When describes last changed; what `If-Modified-Since` is compared with. */
  changedAt(userId: string): number {
    this.accessOf(userId);
    return this.#changedAt;
  }

  /** What a user sees and may write at present, through each API. */
  accessOf(userId: string): ApiAccess {
    const stamp = this.#stamp();
    const known = this.#access.get(userId);
    if (known?.stamp === stamp) return known;
    if (known !== undefined) this.#noteChange();
    const grants = collectGrants(this.#store, userId);
    const all = [...resolveAccess(customizeSchema(this.schema, this.#settings()), grants, this.features())];
    const access = {
      stamp,
      data: new Map(all.filter(([, { schema }]) => !schema.toolingOnly)),
      tooling: new Map(all.filter(([, { schema }]) => !schema.isData)),
      system: grants.system,
    };
    this.#access.set(userId, access);
    return access;
  }

  /** To be called when settings have changed, which are no rows. */
  settingsChanged(): void {
    this.#settingsChanges += 1;
    this.#noteChange();
  }

  /** What the org has switched on. */
  features(): OrgFeatures {
    const { multiCurrency, advancedCurrency, personAccounts } = this.#settings();
    const types = [...this.#store.rows('RecordType').values()];
    return {
      multiCurrency,
      advancedCurrency: multiCurrency && advancedCurrency,
      personAccounts,
      withRecordTypes: new Set(types.map((row) => String(row.SobjectType).toLowerCase())),
    };
  }

  /** Last-Modified has whole seconds: a change must show even within the second of the one before. */
  #noteChange(): void {
    this.#changedAt = Math.max(this.#clock.now(), this.#changedAt + 1000);
  }

  #stamp(): string {
    const counts = [customFieldTable, 'RecordType', ...grantTables].map((table) =>
      this.#store.changesOf(table),
    );
    return [this.#settingsChanges, ...counts].join();
  }

  /** Fields that came or went since the store was opened are looked up, or not, from now on. */
  #rebuild(): void {
    const changes = readSchemaChanges(this.#store);
    this.#schema = buildSchema(this.#installed, changes);
    for (const { table, field } of this.#indexed) this.#store.removeIndex(table, field);
    this.#indexed = changes.added
      .filter(({ field }) => field.indexed)
      .map(({ object, field }) => ({ table: object, field: field.name }));
    for (const { object, field } of changes.added) {
      if (!field.indexed) continue;
      this.#store.addIndex({ table: object, field: field.name, caseSensitive: field.caseSensitive });
    }
  }
}
