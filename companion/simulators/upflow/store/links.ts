import type { Store } from './open-store.ts';

export type LinkedList = 'payments' | 'credit_notes' | 'refunds' | 'invoices';

/** That a part of a payment, credit note or refund was matched to something. */
export interface Link {
  from: LinkedList;
  fromSeq: number;
  to: LinkedList;
  toSeq: number;
  amount: number;
  /** The external id of the reconciliation that made it. */
  reconcile: string | null;
}

/** What is left of a payment or credit note once invoices took their part, or what a refund gave back. */
export interface Remainder {
  kind: 'payments' | 'credit_notes' | 'refunds';
  customer: number;
  rest: number;
  currency: string;
  at: string;
}

const remaindersOf = (list: string, amount: string, at: string) =>
  `select '${list}' kind, customer, currency, ${at} at, ${amount} - coalesce((select sum(amount) from links ` +
  `where "from" = '${list}' and fromSeq = ${list}.seq and "to" = 'invoices'), 0) rest ` +
  `from ${list} where customer in (select value from json_each(?))`;

/** What was matched to what, and how much of it. */
export class Links {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  add({ from, fromSeq, to, toSeq, amount, reconcile }: Link): void {
    const sql =
      'insert into links ("from", fromSeq, "to", toSeq, amount, reconcile) values (?, ?, ?, ?, ?, ?)';
    this.#store.run(sql, from, fromSeq, to, toSeq, amount, reconcile);
  }

  from(list: LinkedList, seq: number): Link[] {
    return this.#store.all<Link>('select * from links where "from" = ? and fromSeq = ?', list, seq);
  }

  to(list: LinkedList, seq: number): Link[] {
    return this.#store.all<Link>('select * from links where "to" = ? and toSeq = ?', list, seq);
  }

  /** Undoes a reconciliation. @returns what it had linked */
  removeReconciled(reconcile: string): Link[] {
    return this.#store.all<Link>('delete from links where reconcile = ? returning *', reconcile);
  }

  /** Undoes what was linked from something by itself, reconciliations aside. @returns that */
  removeOwn(list: LinkedList, seq: number): Link[] {
    const sql = 'delete from links where "from" = ? and fromSeq = ? and reconcile is null returning *';
    return this.#store.all<Link>(sql, list, seq);
  }

  /** Undoes all that was linked from or to something that goes. @returns that */
  removeAll(list: LinkedList, seq: number): Link[] {
    const sql =
      'delete from links where ("from" = ? and fromSeq = ?) or ("to" = ? and toSeq = ?) returning *';
    return this.#store.all<Link>(sql, list, seq, list, seq);
  }

  /** Money of customers that no invoice took. */
  remainders(customers: readonly number[]): Remainder[] {
    const seqs = JSON.stringify(customers);
    return [
      ...this.#store.all<Remainder>(remaindersOf('payments', 'payments.amount', 'validatedAt'), seqs),
      ...this.#store.all<Remainder>(
        remaindersOf('credit_notes', 'credit_notes.grossAmount', 'issuedAt'),
        seqs,
      ),
      ...this.#store.all<Remainder>(remaindersOf('refunds', 'refunds.amount', 'validatedAt'), seqs),
    ];
  }
}
