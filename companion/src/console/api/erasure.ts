import { z } from 'zod';
import { startErasure } from '../../erase/start-erasure.ts';
import type { Services } from '../../services.ts';
import { listErasures, type Erasure } from '../../store/erasures.ts';
import { cursorTime, cutPage, nextPage, pageQuery, readCursor } from './page.ts';
import { ApiProblem, route, type ApiRoute } from './route.ts';
import { momentShape, reasonShape } from './shapes.ts';

const tag = 'Erasure';
const BASE = '/v1/connections/:connectionId';

const erasureShape = z.object({
  id: z.string(),
  state: z.enum(['clearing', 'done']),
  customerId: z.string().nullable().meta({ description: 'Null once the customer is gone' }),
  requestedBy: z.string(),
  requestedAt: momentShape,
  endedAt: momentShape.nullable(),
  nextAttemptAt: momentShape.nullable(),
  reason: reasonShape.nullable().meta({ description: 'What it waits for' }),
  counts: z.record(z.string(), z.int()).meta({ description: 'Rows that were deleted, by table' }),
});

/** Erasing one customer for good. */
export function erasureRoutes({ database: { db }, kick, kickErase }: Services): ApiRoute[] {
  return [
    route({
      method: 'post',
      path: `${BASE}/customers/:customerId/erase`,
      tag,
      summary: 'Erase a customer',
      description:
        'Clears our fields on its Account, deletes all that is kept of it, and refuses whatever comes of it later.',
      params: z.object({ customerId: z.string().max(255) }),
      body: z.object({ confirm: z.string().meta({ description: 'The id of the customer once more' }) }),
      status: 202,
      answer: erasureShape.pick({ id: true, state: true }),
      problems: {
        404: 'Unknown connection or customer',
        409: 'The customer was erased before',
        422: '`confirm` is not the id of the customer',
      },
      async handle({ connection: { id: connectionId }, params: { customerId }, body: { confirm }, actor }) {
        if (confirm !== customerId) throw NOT_CONFIRMED;
        const started = await startErasure(db, connectionId, customerId, actor.name);
        if ('refused' in started) throw started.refused === 'unknown' ? UNKNOWN_CUSTOMER : ERASED_BEFORE;
        kick(connectionId);
        kickErase(connectionId);
        return { id: started.id, state: 'clearing' as const };
      },
    }),
    route({
      method: 'get',
      path: `${BASE}/erasures`,
      tag,
      summary: 'List erasures, newest first',
      query: z.object(pageQuery),
      answer: z.object({ rows: z.array(erasureShape), next: nextPage }),
      async handle({ connection, query: { limit, after } }) {
        const place = readCursor(after, z.tuple([cursorTime, z.uuid()]));
        const rows = await listErasures(db, connection.id, limit + 1, place);
        return cutPage<Erasure>(rows, limit, ({ place: at, id }) => [at, id]);
      },
    }),
  ];
}

const NOT_CONFIRMED = new ApiProblem({
  status: 422,
  code: 'not-confirmed',
  title: 'The erasure was not confirmed',
  detail: 'confirm: must be the id of the customer that is to be erased',
  extra: { errors: [{ field: 'confirm', problem: 'must be the id of the customer that is to be erased' }] },
});

const UNKNOWN_CUSTOMER = new ApiProblem({
  status: 404,
  code: 'unknown-customer',
  title: 'There is no such customer',
  detail: 'Nothing is kept of a customer with this id on this connection.',
});

const ERASED_BEFORE = new ApiProblem({
  status: 409,
  code: 'erased-before',
  title: 'The customer was erased before',
  detail: 'It is erased already, or being erased: look at the list of erasures.',
});
