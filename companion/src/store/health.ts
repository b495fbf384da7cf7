import { sql, type Kysely } from 'kysely';
import type { Tables } from './tables.ts';

export interface Lag {
  /** Customers and pushes that wait. */
  backlog: number;
  /** Age of the change that waits longest; 0 when none does. */
  lagSeconds: number;
}

/** How far Salesforce is behind Upflow, what waits for a person aside. */
export async function readLag(db: Kysely<Tables>, connectionId: string): Promise<Lag> {
  const { rows } = await sql<Lag>`
    select (customers.count + pushes.count)::int as backlog,
      coalesce(greatest(0, extract(epoch from now() - least(customers.oldest, pushes.oldest)))::float8, 0)
        as "lagSeconds"
    from
      (select count(*) as count, min(dirty_at) as oldest from customer
        where connection_id = ${connectionId} and dirty_at is not null) as customers,
      (select count(*) as count, min(received_at) as oldest from push
        where connection_id = ${connectionId} and folded_at is null) as pushes`.execute(db);
  return rows[0] ?? { backlog: 0, lagSeconds: 0 };
}

/** Accounts written in each of the last 60 minutes, oldest first. */
export async function readThroughput(
  db: Kysely<Tables>,
  connectionId: string,
): Promise<{ at: Date; written: number }[]> {
  const { rows } = await sql<{ at: Date; written: number }>`
    select series.at, coalesce(t.written, 0)::int as written
    from generate_series(date_trunc('minute', now()) - interval '59 minutes', date_trunc('minute', now()),
      interval '1 minute') as series(at)
    left join throughput t on t.connection_id = ${connectionId} and t.minute = series.at
    order by series.at`.execute(db);
  return rows;
}

export interface DatabaseFacts {
  sizeBytes: number;
  version: string;
  versionNumber: number;
  isDurable: boolean;
}

/** What the database says about itself. */
export async function readDatabaseFacts(db: Kysely<Tables>): Promise<DatabaseFacts> {
  const { rows } = await sql<DatabaseFacts>`
    select pg_database_size(current_database())::float8 as "sizeBytes",
      current_setting('server_version') as version,
      current_setting('server_version_num')::int as "versionNumber",
      current_setting('fsync') = 'on' and current_setting('full_page_writes') = 'on' as "isDurable"`.execute(
    db,
  );
  const [facts] = rows;
  if (facts === undefined) throw new Error('The database says nothing about itself');
  return facts;
}
