import { sql, type Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** Customers on an Account whose portal link runs out before a moment, or that have none; the first to run out first. */
export async function findLinksToRenew(
  db: Kysely<Tables>,
  connectionId: string,
  until: Date,
  limit: number,
  except: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select c.customer_id as id
    from account a
    join customer c on c.connection_id = a.connection_id and c.customer_id = a.customer_id
    left join portal_link l on l.connection_id = c.connection_id and l.customer_id = c.customer_id
    where a.connection_id = ${connectionId} and a.customer_id is not null and c.state is not null
      and coalesce(l.expires_at, '-infinity') < ${until}
      and coalesce((c.state -> 'portal' ->> 'expiresAt')::timestamptz, '-infinity') < ${until}
      and c.customer_id <> all(${except}::text[])
    order by greatest(l.expires_at, (c.state -> 'portal' ->> 'expiresAt')::timestamptz) nulls first, id
    limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}

export async function savePortalLink(
  db: Kysely<Tables>,
  connectionId: string,
  customerId: string,
  { url, expiresAt }: { url: string; expiresAt: string },
): Promise<void> {
  await sql`
    insert into portal_link (connection_id, customer_id, url, expires_at)
    values (${connectionId}, ${customerId}, ${url}, ${expiresAt})
    on conflict (connection_id, customer_id) do update set url = excluded.url, expires_at = excluded.expires_at`.execute(
    db,
  );
}
