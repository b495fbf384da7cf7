import type { Json } from './json-column.ts';

/** The rows of who may come in, and who did what. */
export interface SignInTables {
  audit: AuditTable;
  console_session: ConsoleSessionTable;
  console_link: ConsoleLinkTable;
}

interface ConsoleSessionTable {
  sid: string;
  sess: Json<{ sealed: string }>;
  expire: Date;
}

interface ConsoleLinkTable {
  digest: Buffer;
  expires_at: Date;
}

interface AuditTable {
  sequence: number;
  at: Date;
  connection_id: string | null;
  actor: string;
  action: string;
  subject: string | null;
  details: Json<Record<string, unknown>>;
  previous_hash: string;
  hash: string;
}
