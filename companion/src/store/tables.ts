import type { Generated } from 'kysely';
import type { Outcome, Reason } from '../outcome.ts';
import type { FieldValues } from '../salesforce/field-value.ts';
import type { Customer } from '../upflow/push-schema.ts';
import type { Json } from './json-column.ts';
import type { SignInTables } from './sign-in-tables.ts';
import type { ConnectionTables } from './connection-tables.ts';
import type { MatchingTables } from './matching-tables.ts';
import type { WatchTables } from './watch-tables.ts';
import type { DriftTables } from './drift-tables.ts';
import type { ErasureTables } from './erasure-tables.ts';
import type { ExportTables } from './export-tables.ts';
import type { ImportTables } from './import-tables.ts';

/** The rows of `migrations/`, column for column. JSON columns are read parsed and written as text. */
export interface Tables
  extends
    ConnectionTables,
    DriftTables,
    ErasureTables,
    ExportTables,
    ImportTables,
    MatchingTables,
    SignInTables,
    WatchTables {
  push: PushTable;
  push_effect: PushEffectTable;
  customer: CustomerTable;
  account: AccountTable;
  identifier_lookup: IdentifierLookupTable;
}

interface PushTable {
  connection_id: string;
  push_id: string;
  type: string;
  sent_at: Date;
  received_at: Generated<Date>;
  /** Null once it was dropped. */
  body: string | null;
  folded_at: Date | null;
  swept: Generated<boolean>;
}

interface PushEffectTable {
  connection_id: string;
  push_id: string;
  customer_id: string;
  outcome: Outcome | null;
  account_id: string | null;
  reason: Json<Reason | null> | null;
  ended_at: Date | null;
  received_at: Date | null;
}

interface CustomerTable {
  connection_id: string;
  customer_id: string;
  updated_at: Date;
  push_sent_at: Date;
  push_id: string;
  state: Json<Customer | null> | null;
  identifier: string | null;
  version: Generated<number>;
  changed_at: Generated<Date>;
  dirty_at: Date | null;
  lease_id: string | null;
  lease_until: Date | null;
  attempts: Generated<number>;
  next_attempt_at: Date | null;
  overdue: number | null;
  shown_overdue: number | null;
  run_id: string | null;
  run_waits: Generated<boolean>;
  swept_at: Date | null;
}

interface AccountTable {
  connection_id: string;
  account_id: string;
  identifier: string | null;
  currency: string | null;
  customer_id: string | null;
  written: Json<FieldValues>;
  left_by_hand: Generated<boolean>;
}

interface IdentifierLookupTable {
  connection_id: string;
  identifier: string;
  looked_up_at: Date;
}
