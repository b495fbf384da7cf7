import { sql, type Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** A connection that lives on a user's approval of an app. */
export interface Approval {
  connectionId: string;
  name: string;
  organizationId: string | null;
  origin: string;
  clientId: string;
  userId: string;
  username: string | null;
  grantedAt: Date;
}

/** All approvals that this companion holds, the oldest first. */
export async function listApprovals(db: Kysely<Tables>): Promise<Approval[]> {
  const { rows } = await sql<Approval>`
    select c.connection_id as "connectionId", c.name, c.organization_id as "organizationId",
      c.salesforce_origin as origin, c.salesforce_client_id as "clientId", c.salesforce_user_id as "userId",
      c.salesforce_username as username, coalesce(s.granted_at, s.issued_at) as "grantedAt"
    from connection c join salesforce_session s on s.connection_id = c.connection_id
    where c.salesforce_flow = 'web-server' and s.refresh_token is not null and c.salesforce_user_id is not null
      and c.salesforce_client_id is not null and c.salesforce_origin is not null
    order by coalesce(s.granted_at, s.issued_at), c.connection_id`.execute(db);
  return rows;
}
