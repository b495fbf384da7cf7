import { z } from 'zod';
import type { Budget } from '../../connect/call-budget.ts';
import type { Connection } from '../../connect/connection.ts';
import { choosePriority } from '../../export/allow-batch.ts';
import { readLimits } from '../../salesforce/read-limits.ts';
import { readBacklog } from '../../store/claims.ts';
import type { Services } from '../../services.ts';
import { route, type ApiRoute } from './route.ts';

/** Minutes for which what the org said of its API calls is recent enough. */
const RECENT_IN_MINUTES = 10;

/** How a connection stands with its API calls, in the form of the API. */
export const budgetSchema = z.object({
  /** Null while nobody has set one and the org has not said how many calls it has. */
  cap: z.int().nullable(),
  usedByUs24h: z.int(),
  usedByOrg24h: z.int().nullable(),
  orgMax: z.int().nullable(),
  forecast: z.int(),
  priority: z.enum(['oldest', 'largest overdue']),
});

/** Reads how a connection stands with its API calls; costs none itself where the org has said lately how it stands. */
export async function readBudget(
  { database: { db }, budget, clients }: Services,
  connection: Connection,
): Promise<z.input<typeof budgetSchema>> {
  let standing: Budget = await budget.read(connection);
  if (mayAsk(connection, standing.org?.readAt)) {
    // What the org says is shown when it can be had; the rest is our own count.
    const said = await clients
      .of(connection)
      .call(readLimits)
      .catch(() => undefined);
    if (said !== undefined) {
      await budget.save(connection.id, said);
      standing = await budget.read(connection);
    }
  }
  const { due } = await readBacklog(db, connection.id);
  return {
    cap: standing.cap,
    usedByUs24h: standing.used,
    usedByOrg24h: standing.org?.used ?? null,
    orgMax: standing.org?.max ?? null,
    forecast: standing.forecast,
    priority: choosePriority(standing, due),
  };
}

export function budgetRoutes(services: Services): ApiRoute[] {
  return [
    route({
      method: 'get',
      path: '/v1/connections/:connectionId/budget',
      tag: 'Health',
      summary: 'Show the API calls of a connection',
      description:
        'Counted over 24 hours, against the cap that an admin set or a share of what the org has. `forecast` is this calendar day (UTC), if it goes on as in the last hours.',
      answer: budgetSchema,
      handle: ({ connection }) => readBudget(services, connection),
    }),
  ];
}

function mayAsk({ state, salesforce }: Connection, readAt: Date | undefined): boolean {
  if (state !== 'connected' || salesforce === undefined) return false;
  return readAt === undefined || Date.now() - readAt.getTime() > RECENT_IN_MINUTES * 60_000;
}
