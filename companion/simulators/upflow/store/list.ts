import type { SQLInputValue } from 'node:sqlite';
import { columnsOf, type ListName, type Store } from './open-store.ts';
import { RecentWrites } from './recent-writes.ts';
import type { Row } from './rows.ts';

const EXTERNAL = 'external:';
/** Places whose `seq` is remembered; a reader that goes page by page always finds the next one among them. */
const REMEMBERED_PLACES = 5000;

export interface Page {
  offset: number;
  limit: number;
}

/** How lists show what was written. */
export interface ListManners {
  consistencyDelayMs: number;
  /** Newest first, so that what is added moves everything to later pages. */
  shiftPages: boolean;
}

type Values<Kind extends Row> = Omit<Kind, 'seq'>;

/** One of Upflow's lists: invoices, users and so on. */
export class List<Kind extends Row> {
  readonly name: ListName;
  readonly #store: Store;
  readonly #manners: () => ListManners;
  readonly #columns: string[];
  readonly #recent = new RecentWrites<Kind>();
  /** `seq` by place in the order of coming. */
  readonly #places = new Map<number, number>();
  #count: number | undefined;

  constructor(store: Store, name: ListName, manners: () => ListManners) {
    this.name = name;
    this.#store = store;
    this.#manners = manners;
    this.#columns = ['id', 'externalId', 'customer', 'createdAt', 'modifiedAt', ...columnsOf(name)];
  }

  /** How many there are, those that pages do not show yet among them. */
  count(): number {
    return (this.#count ??=
      this.#store.all<{ count: number }>(`select count(*) count from ${this.name}`)[0]?.count ?? 0);
  }

  /** @param reference an id, or `external:` and an external id */
  find(reference: string): Kind | undefined {
    const isExternal = reference.startsWith(EXTERNAL);
    return this.findBy(
      isExternal ? 'externalId' : 'id',
      isExternal ? reference.slice(EXTERNAL.length) : reference,
    );
  }

  findBy(column: 'id' | 'externalId' | 'seq', value: SQLInputValue): Kind | undefined {
    return this.#select(`where ${column} = ? limit 1`, value)[0];
  }

  /** The one that a body refers to: `{ id }` or `{ externalId }`. */
  findReferred({ id, externalId }: { id?: unknown; externalId?: unknown }): Kind | undefined {
    if (typeof id === 'string') return this.findBy('id', id);
    return typeof externalId === 'string' ? this.findBy('externalId', externalId) : undefined;
  }

  /** All of them, in the order of coming, as they are. */
  all(): Kind[] {
    return this.#select('order by seq');
  }

  /** Those of a customer, in the order of coming, as they are. */
  of(customer: number): Kind[] {
    return this.#select('where customer = ? order by seq', customer);
  }

  /** Those of several customers, in the order of coming, as they are. */
  ofAll(customers: readonly number[]): Kind[] {
    const where = 'where customer in (select value from json_each(?)) order by seq';
    return this.#select(where, JSON.stringify(customers));
  }

  /** Those of a customer as lists show them by now. */
  shownOf(customer: number): Kind[] {
    const hidden = this.#recent.hidden(this.#manners().consistencyDelayMs);
    const present = this.of(customer).filter(({ seq }) => !hidden.has(seq));
    const before = [...hidden.values()].filter((row) => row?.customer === customer) as Kind[];
    return [...present, ...before].sort((one, other) => one.seq - other.seq);
  }

  insert(values: Values<Kind>): Kind {
    const columns = this.#columns.join(', ');
    const marks = this.#columns.map(() => '?').join(', ');
    const [row] = this.#store.all<Kind>(
      `insert into ${this.name} (${columns}) values (${marks}) returning *`,
      ...this.#valuesOf(values),
    );
    if (row === undefined) throw new Error(`nothing was added to ${this.name}`);
    if (this.#count !== undefined) this.#count++;
    this.#recent.note(row.seq, undefined, this.#manners().consistencyDelayMs);
    return row;
  }

  update(row: Kind, changes: Partial<Values<Kind>>): Kind {
    const changed = { ...row, ...changes };
    const sets = this.#columns.map((column) => `${column} = ?`).join(', ');
    this.#store.run(`update ${this.name} set ${sets} where seq = ?`, ...this.#valuesOf(changed), row.seq);
    this.#recent.note(row.seq, row, this.#manners().consistencyDelayMs);
    return changed;
  }

  remove(row: Kind): void {
    this.#store.run(`delete from ${this.name} where seq = ?`, row.seq);
    if (this.#count !== undefined) this.#count--;
    this.#places.clear();
    this.#recent.note(row.seq, row, this.#manners().consistencyDelayMs);
  }

  /** A page as lists show it by now, and how many rows there are in all. */
  page({ offset, limit }: Page): { rows: Kind[]; total: number } {
    const { shiftPages } = this.#manners();
    const hidden = this.#recent.hidden(this.#manners().consistencyDelayMs);
    if (hidden.size > 0) return this.#pageAmid(hidden, { offset, limit });
    const total = this.count();
    if (!shiftPages) return { rows: this.#slice(offset, limit), total };
    const end = Math.max(0, total - offset);
    const start = Math.max(0, end - limit);
    return { rows: this.#slice(start, end - start).reverse(), total };
  }

  /** Forgets what it remembers, because rows were written past it. */
  refresh(): void {
    this.#count = undefined;
    this.#places.clear();
    this.#recent.clear();
  }

  /** Reads on from a place that is known, where there is one, so that the last page comes as fast as the first. */
  #slice(offset: number, limit: number): Kind[] {
    const [start, end] = [this.#places.get(offset), this.#places.get(offset + limit)];
    const rows =
      start === undefined && end !== undefined
        ? this.#select('where seq < ? order by seq desc limit ?', end, limit).reverse()
        : this.#select(
            'where seq >= ? order by seq limit ? offset ?',
            start ?? 0,
            limit,
            start === undefined ? offset : 0,
          );
    const [first, last] = [rows[0], rows.at(-1)];
    if (first !== undefined && last !== undefined) {
      if (this.#places.size > REMEMBERED_PLACES) this.#places.clear();
      this.#places.set(offset, first.seq).set(offset + rows.length, last.seq + 1);
    }
    return rows;
  }

  #select(where: string, ...values: SQLInputValue[]): Kind[] {
    return this.#store.all<Kind>(`select * from ${this.name} ${where}`, ...values);
  }

  #pageAmid(hidden: Map<number, Kind | undefined>, { offset, limit }: Page): { rows: Kind[]; total: number } {
    const present = this.#store
      .all<{ seq: number }>(`select seq from ${this.name}`)
      .map(({ seq }) => seq)
      .filter((seq) => !hidden.has(seq));
    const before = [...hidden].filter(([, row]) => row !== undefined).map(([seq]) => seq);
    const order = this.#manners().shiftPages ? -1 : 1;
    const seqs = [...present, ...before].sort((one, other) => (one - other) * order);
    const rows = seqs
      .slice(offset, offset + limit)
      .flatMap((seq) => hidden.get(seq) ?? this.findBy('seq', seq) ?? []);
    return { rows, total: seqs.length };
  }

  #valuesOf(values: object): SQLInputValue[] {
    return this.#columns.map((column) => (values as Record<string, SQLInputValue>)[column] ?? null);
  }
}
