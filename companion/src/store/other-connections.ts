import { sql, type Kysely } from 'kysely';
import type { ExportMapping } from '../connect/connection.ts';
import type { Tables } from './tables.ts';

/** Another connection that writes, or may come to write, Accounts of the same org. */
export interface OtherConnection {
  id: string;
  name: string;
  mapping: ExportMapping;
  exporting: boolean;
  createdAt: Date;
}

/** The other connections of the org that a connection belongs to; those that are disconnected write nothing. */
export async function readOthersOfOrg(db: Kysely<Tables>, connectionId: string): Promise<OtherConnection[]> {
  const { rows } = await sql<OtherConnection>`
    select o.connection_id as id, o.name, o.export_mapping as mapping, o.exporting, o.created_at as "createdAt"
    from connection c join connection o
      on o.organization_id = c.organization_id and o.connection_id <> c.connection_id
    where c.connection_id = ${connectionId} and o.state <> 'disconnected'
    order by o.created_at, o.connection_id`.execute(db);
  return rows;
}
