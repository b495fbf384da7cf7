import type { Generated } from 'kysely';
import type { Reason } from '../outcome.ts';
import type { Json } from './json-column.ts';

/** The rows of runs of the export, and the calls that they may make. */
export interface ExportTables {
  export_run: ExportRunTable;
  export_run_outcome: ExportRunOutcomeTable;
  preflight: PreflightTable;
  bulk_job: BulkJobTable;
  api_call: ApiCallTable;
  api_budget: ApiBudgetTable;
}

interface ExportRunTable {
  connection_id: string;
  run_id: string;
  kind: string;
  state: Generated<string>;
  customer_ids: string[] | null;
  forget_fields: Json<string[] | null> | null;
  total: number;
  cursor: Generated<string>;
  started_at: Generated<Date>;
  started_by: string;
  paused_at: Date | null;
  paused_seconds: Generated<number>;
  ended_at: Date | null;
}

interface ExportRunOutcomeTable {
  connection_id: string;
  run_id: string;
  outcome: string;
  customers: number;
}

interface PreflightTable {
  connection_id: string;
  preflight_id: string;
  state: string;
  sample: number;
  started_at: Generated<Date>;
  started_by: string;
  ended_at: Date | null;
  tried: Generated<number>;
  would_pass: Generated<number>;
  calls: Generated<number>;
  failures: Json<unknown>;
  reason: Json<Reason | null> | null;
}

interface BulkJobTable {
  connection_id: string;
  job_id: string;
  lease_id: string;
  lease_until: Date;
  run_id: string | null;
  records: number;
  processed: Generated<number>;
  started_at: Generated<Date>;
}

interface ApiCallTable {
  connection_id: string;
  hour: Date;
  calls: number;
}

interface ApiBudgetTable {
  connection_id: string;
  org_used: number | null;
  org_max: number | null;
  read_at: Date | null;
}
