import { Journal } from './journal.ts';
import type { Changes, FieldValue, JournalEntry, StoredRecord } from './stored-record.ts';
import { ValueIndex, type ValueOrder } from './value-index.ts';

/** Where the journal keeps how many rows a table ever had. */
const madeTable = '_made';

/** A table: its rows, in the order in which they were made, and an index for each field that is looked up. */
class Table {
  readonly rows = new Map<string, StoredRecord>();
  readonly indexes = new Map<string, ValueIndex>();
  /** How many rows were ever made, so that no id is given twice. */
  made = 0;
  /** How often a row was changed, changes that were taken back included. */
  changes = 0;
}

/** A moment within a request that its later changes can be taken back to. */
export interface Savepoint {
  length: number;
}

/**
 * All of the org's records, in memory. A request changes rows and then commits once. It does so without waiting in
 * between, so requests never see each other's half-done work.
 */
export class RecordStore {
  readonly #tables = new Map<string, Table>();
  readonly #views = new Map<string, () => ReadonlyMap<string, StoredRecord>>();
  readonly #journal: Journal | null;
  #pending: JournalEntry[] = [];
  /** For each pending change, the row as it was. */
  #before: (StoredRecord | undefined)[] = [];

  private constructor(journal: Journal | null) {
    this.#journal = journal;
  }

  /** Opens the store, with what the journal kept; `indexedFields` is known from the schema. */
  static async open(storeFile: string | undefined, indexedFields: IndexedField[]): Promise<RecordStore> {
    const store = new RecordStore(storeFile === undefined ? null : new Journal(storeFile));
    for (const { table, field, caseSensitive } of indexedFields) {
      store.addIndex({ table, field, caseSensitive });
    }
    if (store.#journal === null) return store;
    for await (const entries of store.#journal.read()) {
      for (const [table, key, changes] of entries) store.#replay(table, key, changes);
    }
    store.#journal.compact(store.#entries());
    return store;
  }

  get(table: string, key: string): StoredRecord | undefined {
    return this.rows(table).get(key);
  }

  rows(table: string): ReadonlyMap<string, StoredRecord> {
    return this.#views.get(table)?.() ?? this.#table(table).rows;
  }

  /** Shows rows that follow from others, and are not kept themselves, as a table that can be read. */
  defineView(table: string, rows: () => ReadonlyMap<string, StoredRecord>): void {
    this.#views.set(table, rows);
  }

  /** A number that grows with every change of a table: what was worked out at another number is out of date. */
  changesOf(table: string): number {
    return this.#table(table).changes;
  }

  /** Looks rows up by one more field from now on. */
  addIndex({ table, field, caseSensitive }: IndexedField): void {
    const { rows, indexes } = this.#table(table);
    if (indexes.has(field)) return;
    const index = new ValueIndex(caseSensitive);
    for (const [key, row] of rows) index.move(key, undefined, row[field]);
    indexes.set(field, index);
  }

  /** Ends the look-up by a field. */
  removeIndex(table: string, field: string): void {
    this.#table(table).indexes.delete(field);
  }

  /** Keys of the rows that hold the value, or null where the field has no index. */
  find(table: string, field: string, value: FieldValue): string[] | null {
    return this.#table(table).indexes.get(field)?.find(value) ?? null;
  }

  /** Keys of the rows in the order of a field, those of one value at a time; null where no index knows all rows. */
  inOrder(table: string, field: string, order: ValueOrder): Iterable<Iterable<string>> | null {
    const { rows, indexes } = this.#table(table);
    const index = indexes.get(field);
    return index?.size === rows.size ? index.inOrder(order) : null;
  }

  put(table: string, key: string, changes: Changes): void {
    this.#change(table, key, changes);
  }

  remove(table: string, key: string): void {
    if (this.#table(table).rows.has(key)) this.#change(table, key, null);
  }

  /** The number of the next new row of a table. Rows that are gone were counted too. */
  nextSerial(table: string): number {
    return this.#table(table).made + 1;
  }

  savepoint(): Savepoint {
    return { length: this.#pending.length };
  }

  rollbackTo(savepoint: Savepoint): void {
    while (this.#pending.length > savepoint.length) {
      const before = this.#before.pop();
      const [table, key] = this.#pending.pop() ?? [];
      if (table !== undefined && key !== undefined) this.#set(table, key, before);
    }
  }

  /** Makes the changes durable. Call it before the answer is sent. */
  commit(): void {
    if (this.#pending.length > 0) this.#journal?.append(this.#pending);
    this.#pending = [];
    this.#before = [];
  }

  /** Empties tables, and rewrites the journal so that it does not keep what is gone. */
  clear(tables: readonly string[]): void {
    for (const name of tables) {
      const table = this.#table(name);
      for (const key of [...table.rows.keys()]) this.#set(name, key, undefined);
      table.made = 0;
    }
    this.#pending = [];
    this.#before = [];
    this.#journal?.compact(this.#entries());
  }

  close(): void {
    this.commit();
    this.#journal?.close();
  }

  #table(name: string): Table {
    const table = this.#tables.get(name) ?? new Table();
    this.#tables.set(name, table);
    return table;
  }

  #change(table: string, key: string, changes: Changes | null): void {
    const before = this.get(table, key);
    this.#set(table, key, changes === null ? undefined : merge(before, changes));
    this.#pending.push([table, key, changes]);
    this.#before.push(before);
  }

  #replay(table: string, key: string, changes: Changes | null): void {
    if (table === madeTable) this.#table(key).made = Number(changes?.made);
    else
      this.#set(table, key, changes === null ? undefined : merge(this.#table(table).rows.get(key), changes));
  }

  #set(table: string, key: string, row: StoredRecord | undefined): void {
    const changed = this.#table(table);
    const { rows, indexes } = changed;
    const before = rows.get(key);
    if (before === undefined && row !== undefined) changed.made += 1;
    changed.changes += 1;
    for (const [field, index] of indexes) index.move(key, before?.[field], row?.[field]);
    if (row === undefined) rows.delete(key);
    else rows.set(key, row);
  }

  *#entries(): Generator<JournalEntry> {
    for (const [name, table] of this.#tables) {
      for (const [key, row] of table.rows) yield [name, key, row];
      if (table.made > table.rows.size) yield [madeTable, name, { made: table.made }];
    }
  }
}

/** A field that rows are looked up by. */
export interface IndexedField {
  table: string;
  field: string;
  caseSensitive: boolean;
}

/**
 * A new row, never a changed one: readers and the undo log hold on to the old. Built without lists of entries, as every
 * row that is written or read from the journal comes through here.
 */
function merge(row: StoredRecord | undefined, changes: Changes): StoredRecord {
  const merged: StoredRecord = {};
  for (const field in row) {
    const kept = row[field];
    const value = changes[field] === undefined ? kept : changes[field];
    if (value !== null && value !== undefined) merged[field] = value;
  }
  for (const field in changes) {
    const value = changes[field] ?? null;
    if (value !== null && (row === undefined || !(field in row))) merged[field] = value;
  }
  return merged;
}
