import type { Generated } from 'kysely';
import type { Reason } from '../outcome.ts';
import type { Json } from './json-column.ts';

/** The rows of audits of what Accounts show. */
export interface DriftTables {
  drift_setting: DriftSettingTable;
  drift_audit: DriftAuditTable;
  drift_row: DriftRowTable;
}

interface DriftSettingTable {
  connection_id: string;
  schedule: Generated<string>;
  next_at: Date;
}

interface DriftAuditTable {
  connection_id: string;
  audit_id: string;
  state: Generated<string>;
  of_audit: string | null;
  requested_by: string;
  requested_at: Generated<Date>;
  attempt: Generated<number>;
  started_at: Date | null;
  ended_at: Date | null;
  total: Generated<number>;
  compared: Generated<number>;
  left_out: Generated<number>;
  drifted: Generated<number>;
  gone: Generated<number>;
  calls: Generated<number>;
  counts: Json<Record<string, number>>;
  reason: Json<Reason | null> | null;
}

interface DriftRowTable {
  connection_id: string;
  audit_id: string;
  account_id: string;
  field: string;
  customer_id: string;
  kind: string;
  shows: string | null;
  should_show: string | null;
  repair_run_id: string | null;
}
