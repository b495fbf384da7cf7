import type { Generated } from 'kysely';
import type {
  ContactFilter,
  ImportColumns,
  ImportedField,
  PositionMapping,
} from '../connect/import-settings.ts';
import type { Reason } from '../outcome.ts';
import type { Json } from './json-column.ts';

/** The rows of the import. */
export interface ImportTables {
  import_settings: ImportSettingsTable;
  import_state: ImportStateTable;
  import_account: ImportAccountTable;
  import_contact: ImportContactTable;
  import_user: ImportUserTable;
  import_customer: ImportCustomerTable;
  import_sent_contact: ImportSentContactTable;
  import_run: ImportRunTable;
  import_skip: ImportSkipTable;
}

type Values = Record<string, string>;

interface ImportSettingsTable {
  connection_id: string;
  owners: Generated<boolean>;
  contacts: Generated<boolean>;
  contact_filter: Json<ContactFilter | null> | null;
  positions: Json<PositionMapping | null> | null;
  fields: Json<ImportedField[]>;
  revision: Generated<number>;
}

interface ImportStateTable {
  connection_id: string;
  lease_id: string | null;
  lease_until: Date | null;
  revision: number | null;
  epoch: number | null;
  columns: Json<ImportColumns | null> | null;
  account_cursor: string | null;
  contact_cursor: string | null;
  user_cursor: string | null;
  generation: Generated<number>;
  full_at: Date | null;
  removal: Generated<boolean>;
}

interface ImportAccountTable {
  connection_id: string;
  account_id: string;
  stamp: Date;
  owner_id: string | null;
  values: Json<Values>;
  generation: number;
}

interface ImportContactTable {
  connection_id: string;
  contact_id: string;
  stamp: Date;
  account_id: string | null;
  email: string | null;
  email_key: string | null;
  first_name: string | null;
  last_name: string | null;
  title: string | null;
  phone: string | null;
  created_at: Date;
  values: Json<Values>;
  trouble: string | null;
  generation: number;
}

interface ImportUserTable {
  connection_id: string;
  user_id: string;
  stamp: Date;
  email: string | null;
  first_name: string | null;
  last_name: string | null;
  active: boolean;
  upflow_id: string | null;
}

interface ImportCustomerTable {
  connection_id: string;
  customer_id: string;
  account_id: string | null;
  trouble: string | null;
  dirty_at: Date | null;
  in_flight: Generated<boolean>;
  sent_user: string | null;
  sent_fields: Json<Values>;
  contacts_taken: Generated<boolean>;
  problem: string | null;
}

interface ImportSentContactTable {
  connection_id: string;
  contact_id: string;
  customer_id: string;
  upflow_id: string;
  email_key: string;
  digest: string;
}

interface ImportRunTable {
  connection_id: string;
  run_id: string;
  kind: string;
  state: Generated<string>;
  phase: string | null;
  done: Generated<number>;
  total: number | null;
  counts: Json<Record<string, number>>;
  reason: Json<Reason | null> | null;
  started_by: string;
  created_at: Generated<Date>;
  started_at: Date | null;
  ended_at: Date | null;
}

interface ImportSkipTable {
  skip_id: Generated<number>;
  connection_id: string;
  run_id: string;
  customer_id: string;
  kind: string;
  record_id: string;
  code: string;
  detail: string | null;
  present: Generated<boolean>;
  at: Generated<Date>;
}
