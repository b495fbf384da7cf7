import { sql, type Kysely } from 'kysely';
import type { Reason } from '../outcome.ts';
import type { Tables } from './tables.ts';

/** What is shown of a connection beyond what it works with. */
export interface ConnectionDetails {
  id: string;
  upflowCheckedAt: Date | null;
  upflowProblem: Reason | null;
  connectedAt: Date | null;
  connectedBy: string | null;
  instanceOrigin: string | null;
  permissionsOk: boolean | null;
  holdReason: Reason | null;
  /** Newest first, in the order of the connection's keys. */
  pushSecrets: { id: string; createdAt: string; sealed: string }[];
  apiTokens: { id: string; name: string; createdAt: string }[];
}

/** Reads the details of one connection, or of all. */
export async function readConnectionDetails(
  db: Kysely<Tables>,
  connectionId: string | undefined,
): Promise<ReadonlyMap<string, ConnectionDetails>> {
  const { rows } = await sql<ConnectionDetails>`
    select c.connection_id as id, upflow_checked_at as "upflowCheckedAt", upflow_problem as "upflowProblem",
      connected_at as "connectedAt", connected_by as "connectedBy", s.instance_origin as "instanceOrigin",
      permissions_ok as "permissionsOk", case when hold_until > now() then hold_reason end as "holdReason",
      coalesce((select json_agg(json_build_object('id', secret_id, 'createdAt', p.created_at, 'sealed', sealed)
          order by p.created_at desc, secret_id)
        from push_secret p where p.connection_id = c.connection_id), '[]') as "pushSecrets",
      coalesce((select json_agg(json_build_object('id', token_id, 'name', t.name, 'createdAt', t.created_at)
          order by t.created_at, token_id)
        from api_token t where t.connection_id = c.connection_id), '[]') as "apiTokens"
    from connection c left join salesforce_session s on s.connection_id = c.connection_id
    where ${connectionId === undefined ? sql`true` : sql`c.connection_id = ${connectionId}`}`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}
