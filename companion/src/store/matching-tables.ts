import type { Generated } from 'kysely';
import type { SharedIdentifier } from '../connect/connection.ts';
import type { Reason } from '../outcome.ts';
import type { Json } from './json-column.ts';

/** The rows of comparing customers with Accounts. */
export interface MatchingTables {
  matching: MatchingTable;
  match_row: MatchRowTable;
  match_term: MatchTermTable;
  match_link: MatchLinkTable;
  match_link_change: MatchLinkChangeTable;
  match_job: MatchJobTable;
}

interface MatchingTable {
  connection_id: string;
  epoch: Generated<number>;
  switching: Generated<boolean>;
  run: Generated<number>;
  last_run: Generated<number>;
  next_ordinal: Generated<number>;
  counts: Json<Record<string, number> | null> | null;
  made_at: Date | null;
}

interface MatchRowTable {
  connection_id: string;
  run: number;
  kind: number;
  ordinal: number;
  customer_id: string | null;
  customer_name: string | null;
  customer_value: string | null;
  accounts: Json<[id: string, name: string, value: string][]>;
  customers_with_value: number;
  accounts_with_value: number;
}

interface MatchTermTable {
  connection_id: string;
  run: number;
  kind: number;
  term: string;
  ordinal: number;
}

interface MatchLinkTable {
  connection_id: string;
  customer_id: string;
  account_id: string | null;
  source: string;
  made_by: string;
  made_at: Generated<Date>;
}

interface MatchLinkChangeTable {
  connection_id: string;
  change_id: Generated<number>;
  customer_id: string;
  account_id: string | null;
  action: string;
  previous: Json<unknown>;
  made_by: string;
  made_at: Generated<Date>;
  undone: Generated<boolean>;
}

interface MatchJobTable {
  connection_id: string;
  job_id: string;
  kind: string;
  pair: Json<SharedIdentifier | null> | null;
  state: Generated<string>;
  progress: Generated<number>;
  result: Json<unknown>;
  reason: Json<Reason | null> | null;
  requested_by: string;
  created_at: Generated<Date>;
  ended_at: Date | null;
}
