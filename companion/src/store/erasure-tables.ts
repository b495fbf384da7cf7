import type { Generated } from 'kysely';
import type { Reason } from '../outcome.ts';
import type { Json } from './json-column.ts';

/** The rows of customers that were erased, or are being erased. */
export interface ErasureTables {
  erasure_salt: ErasureSaltTable;
  erased_customer: ErasedCustomerTable;
  erasure: ErasureTable;
}

interface ErasureSaltTable {
  connection_id: string;
  salt: Buffer;
}

interface ErasedCustomerTable {
  connection_id: string;
  digest: Buffer;
  erasure_id: string;
}

interface ErasureTable {
  connection_id: string;
  erasure_id: string;
  state: Generated<string>;
  customer_id: string | null;
  identifier: string | null;
  account_ids: string[] | null;
  requested_by: string;
  requested_at: Generated<Date>;
  attempts: Generated<number>;
  next_attempt_at: Generated<Date>;
  reason: Json<Reason | null> | null;
  counts: Json<Record<string, number>>;
  ended_at: Date | null;
}
