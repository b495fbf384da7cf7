import { closeSync, openSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

/** Columns of every list that Upflow has: its place in the order of coming, its ids, and the customer it belongs to. */
const common =
  'seq integer primary key autoincrement, id text not null unique, externalId text, customer integer, ' +
  'createdAt text not null, modifiedAt text not null';

/** What each list has besides. Days and times are ISO 8601, money is in minor units, `body` is JSON. */
const ownColumns = {
  customers: ['name text', 'body text not null', 'details text not null'],
  contacts: ['email text not null', 'isMain integer not null', 'body text not null'],
  users: ['email text not null', 'body text not null'],
  custom_fields: ['name text not null', 'type text not null', 'entity text not null'],
  invoices: [
    'customId text',
    'name text',
    'issuedAt text not null',
    'dueDate text not null',
    'currency text not null',
    'grossAmount integer not null',
    'netAmount integer not null',
    'amountOutstanding integer not null',
    'paidDate text',
    'cancelledAt text',
    'disputedAt text',
  ],
  credit_notes: [
    'customId text',
    'name text',
    'issuedAt text',
    'dueDate text',
    'currency text not null',
    'grossAmount integer not null',
    'netAmount integer not null',
  ],
  payments: [
    'currency text not null',
    'amount integer not null',
    'validatedAt text not null',
    'instrument text',
    'bankAccountId text',
  ],
  refunds: [
    'currency text not null',
    'amount integer not null',
    'validatedAt text not null',
    'instrument text',
    'bankAccountId text',
  ],
  dunning_plans: ['name text not null', 'mode text not null', 'entity text not null'],
  actions: ['state text not null', 'dueDate text', 'body text not null'],
  notes: ['content text not null'],
  bank_accounts: ['body text not null'],
} as const;

export type ListName = keyof typeof ownColumns;

/** The columns that a list has of its own, by name. */
export function columnsOf(list: ListName): string[] {
  return ownColumns[list].map((column) => column.slice(0, column.indexOf(' ')));
}

const indexes = [
  'create unique index if not exists contactsByEmail on contacts (lower(email))',
  'create unique index if not exists usersByEmail on users (lower(email))',
  'create index if not exists linksFrom on links ("from", fromSeq)',
  'create index if not exists linksTo on links ("to", toSeq)',
  'create index if not exists linksByReconcile on links (reconcile) where reconcile is not null',
];

/** Where the simulated organization keeps what it knows: SQLite, in a file or as long as the process lives. */
export class Store {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #depth = 0;

  /** @param file only its owner may read it; without one SQLite keeps it in memory, and what is too large beside it */
  constructor(file: string | undefined) {
    if (file !== undefined) closeSync(openSync(file, 'a', 0o600));
    this.#database = new DatabaseSync(file ?? '');
    // A file survives the end of the process; a power cut is nothing that a demo must survive.
    this.#database.exec(
      'pragma journal_mode = wal; pragma synchronous = off; pragma cache_size = -32768; pragma temp_store = memory',
    );
    this.#createTables();
  }

  #createTables(): void {
    for (const [list, columns] of Object.entries(ownColumns)) {
      this.#database.exec(`create table if not exists ${list} (${[common, ...columns].join(', ')})`);
      this.#database.exec(
        `create index if not exists ${list}ByExternalId on ${list} (externalId) where externalId is not null`,
      );
      this.#database.exec(
        `create index if not exists ${list}ByCustomer on ${list} (customer) where customer is not null`,
      );
    }
    this.#database.exec(
      'create table if not exists links ("from" text not null, fromSeq integer not null, "to" text not null, ' +
        'toSeq integer not null, amount integer not null, reconcile text)',
    );
    this.#database.exec('create table if not exists kept (key text primary key, value text not null)');
    for (const index of indexes) this.#database.exec(index);
  }

  /** The rows that a query finds. */
  all<Row>(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#prepare(sql).all(...values) as Row[];
  }

  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#prepare(sql).run(...values).changes);
  }

  /** Keeps all that the work writes, or nothing where it throws. */
  transact<Result>(work: () => Result): Result {
    if (this.#depth > 0) return work();
    this.#database.exec('begin');
    this.#depth++;
    try {
      const result = work();
      this.#database.exec('commit');
      return result;
    } catch (error) {
      this.#database.exec('rollback');
      throw error;
    } finally {
      this.#depth--;
    }
  }

  /** @returns undefined where nothing was kept */
  readKept(key: string): unknown {
    const [row] = this.all<{ value: string }>('select value from kept where key = ?', key);
    return row === undefined ? undefined : JSON.parse(row.value);
  }

  keep(key: string, value: unknown): void {
    this.run('insert or replace into kept (key, value) values (?, ?)', key, JSON.stringify(value));
  }

  /** Removes every entity; what is kept by key stays. */
  clear(): void {
    for (const table of [...Object.keys(ownColumns), 'links']) this.run(`delete from ${table}`);
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) this.#statements.set(sql, (statement = this.#database.prepare(sql)));
    return statement;
  }
}
