import type { Query } from '@jetstreamapp/soql-parser-js';
import type { Access, VisibleObject } from '../access/resolve-access.ts';
import type { RecordStore } from '../store/record-store.ts';
import type { FieldValue, StoredRecord } from '../store/stored-record.ts';
import type { Calendar } from './calendar.ts';

/** What the names in a query refer to. */
export interface NameScope {
  /** The whole text, which errors point into. */
  query: string;
  access: Access;
  object: VisibleObject;
  /** `a` in `FROM Account a`; may precede any field. */
  alias: string | undefined;
}

/** What a query, or a query within one, is compiled with. */
export interface QueryScope extends NameScope {
  store: RecordStore;
  calendar: Calendar;
  multiCurrency: boolean;
  userId: string;
  /** Compiles whether the user sees a record of an object: sharing decides, not field security. */
  compileVisibility: (object: VisibleObject) => (record: StoredRecord) => boolean;
  withDeleted: boolean;
  /** Rows that may be looked through without an index, before the query takes too long. */
  timeoutRows: number;
  /** `/services/data/v66.0`, for the addresses in rows. */
  base: string;
  /** Runs the query in parentheses after IN and gives its only column. */
  runSubquery: (query: Query) => FieldValue[];
  /** Rows in a page of a child sub-query; the rest of a longer one is kept, and this says where. */
  pageSize: number;
  keepRest: (total: number, render: (from: number, to: number) => object[]) => string;
}
