import { z } from 'zod';
import { summarizeOutcomes } from '../../outcome.ts';
import type { Services } from '../../services.ts';
import { readActivityAfter } from '../../store/activity.ts';
import { recordAudit } from '../../store/audit.ts';
import { readFailureGroups, readFailuresOf } from '../../store/failures.ts';
import { listPushes, type PushRow } from '../../store/list-pushes.ts';
import { listRunEvents, RUN_WORKS } from '../../store/run-events.ts';
import { retryFailures } from '../../store/retry-failures.ts';
import { openActivityHub } from '../../watch/activity-hub.ts';
import { sendActivity } from '../../watch/send-activity.ts';
import { cursorTime, cutPage, nextPage, pageQuery, readCursor } from './page.ts';
import { ApiProblem, route, type ApiRoute } from './route.ts';
import { momentShape, outcomeShape, reasonShape } from './shapes.ts';

const TAG = 'Activity';
const CONNECTION = '/v1/connections/:connectionId';

/** Streams that one process keeps open. */
const MOST_STREAMS = 100;

/** Entries that a client which comes back gets at most; older ones it can read in the lists. */
const MOST_MISSED = 500;

/** Where a page ends: a moment and an id. */
const placeShape = z.tuple([cursorTime, z.string()]);

const codeShape = z.string().min(1).max(255);

/** What happens on a connection, what fails, and trying it again. */
export function activityRoutes(services: Services): ApiRoute[] {
  const { database, kick, log, stopping } = services;
  const { db } = database;
  const hub = openActivityHub(db, log);
  let streams = 0;

  return [
    route({
      method: 'get',
      path: `${CONNECTION}/pushes`,
      tag: TAG,
      summary: 'List pushes, newest first',
      query: z.object({
        ...pageQuery,
        outcome: outcomeShape
          .optional()
          .meta({ description: 'Pushes of which at least one customer ended so' }),
        search: z.string().trim().min(1).max(255).optional().meta({
          description: "A push id, or the beginning of a customer's id or of a word of its name",
        }),
      }),
      answer: z.object({
        rows: z.array(
          z.object({
            id: z.string(),
            type: z.string(),
            receivedAt: momentShape,
            outcome: outcomeShape,
            customers: z.int(),
            reason: reasonShape.nullable(),
          }),
        ),
        next: nextPage,
      }),
      async handle({ connection, query: { limit, after, ...filter } }) {
        const rows = await listPushes(db, connection.id, filter, limit + 1, readCursor(after, placeShape));
        const page = cutPage(rows, limit, ({ place, pushId }) => [place, pushId]);
        return { rows: page.rows.map(showPush), next: page.next };
      },
    }),
    route({
      method: 'get',
      path: `${CONNECTION}/runs`,
      tag: TAG,
      summary: 'List runs of all kinds, newest first',
      description:
        'Exports, imports, sweeps and drift audits of the last seven days, each as it was told of last.',
      query: z.object(pageQuery),
      answer: z.object({
        rows: z.array(
          z.object({
            id: z.string(),
            work: z.enum(RUN_WORKS),
            state: z.string(),
            startedBy: z.string().nullable(),
            counts: z.record(z.string(), z.int()),
            code: z.string().nullable().meta({ description: 'Why it did not come to its end' }),
            at: momentShape,
          }),
        ),
        next: nextPage,
      }),
      async handle({ connection, query: { limit, after } }) {
        const rows = await listRunEvents(db, connection.id, limit + 1, readCursor(after, z.number()));
        const page = cutPage(rows, limit, ({ id }) => id);
        return { rows: page.rows.map(showRun), next: page.next };
      },
    }),
    route({
      method: 'get',
      path: `${CONNECTION}/failures`,
      tag: TAG,
      summary: 'List what waits for a person, by reason',
      description:
        'Only the newest state of a customer counts. `message` is what Salesforce said last for this reason.',
      answer: z.object({
        rows: z.array(
          z.object({
            ...reasonShape.shape,
            outcome: outcomeShape,
            count: z.int(),
            since: momentShape,
          }),
        ),
      }),
      async handle({ connection }) {
        const groups = await readFailureGroups(db, connection.id);
        return { rows: groups.map(({ reason, ...group }) => ({ ...reason, ...group })) };
      },
    }),
    route({
      method: 'get',
      path: `${CONNECTION}/failures/:code`,
      tag: TAG,
      summary: 'List the customers that wait for a person for one reason',
      params: z.object({ code: codeShape }),
      query: z.object(pageQuery),
      answer: z.object({
        rows: z.array(
          z.object({
            customerId: z.string(),
            customerName: z.string(),
            accountId: z.string().nullable(),
            message: z.string(),
            since: momentShape,
            pushId: z.string(),
          }),
        ),
        next: nextPage,
      }),
      async handle({ connection, params: { code }, query: { limit, after } }) {
        const place = readCursor(after, placeShape);
        const rows = await readFailuresOf(db, connection.id, code, limit + 1, place);
        const page = cutPage(rows, limit, (row) => [row.place, row.customerId]);
        return {
          rows: page.rows.map(({ reason, ...row }) => ({ ...row, message: reason.message })),
          next: page.next,
        };
      },
    }),
    route({
      method: 'post',
      path: `${CONNECTION}/retries`,
      tag: TAG,
      summary: 'Try again what waits for a person',
      body: z.union([
        z.strictObject({ customerIds: z.array(z.string().max(255)).min(1).max(1000) }),
        z.strictObject({ code: codeShape }),
      ]),
      status: 202,
      answer: z.object({ customers: z.int().meta({ description: 'How many are tried again' }) }),
      async handle({ connection, body, actor }) {
        const customers = await retryFailures(db, connection.id, body, actor.name);
        await db.transaction().execute((trx) =>
          recordAudit(trx, {
            connectionId: connection.id,
            actor: actor.name,
            action: 'failures retried',
            details: { customers, ...('code' in body ? { code: body.code } : {}) },
          }),
        );
        kick(connection.id);
        return { customers };
      },
    }),
    route({
      method: 'get',
      path: `${CONNECTION}/activity`,
      tag: TAG,
      summary: 'Watch what happens',
      description:
        'Server-sent events `push`, `batch`, `run` and `state`, each with an id: a client that sends it back in ' +
        '`Last-Event-ID` gets what it missed. The stream ends with the session.',
      answer: null,
      mediaType: 'text/event-stream',
      problems: { 429: 'Too many streams are open' },
      async handle({ connection, isStillAllowed, req, res }) {
        if (streams >= MOST_STREAMS) throw TOO_MANY_STREAMS;
        const lastId = Number(req.get('last-event-id') ?? Number.NaN);
        streams++;
        res.once('close', () => streams--);
        await sendActivity(res, {
          connectionId: connection.id,
          lastId: Number.isSafeInteger(lastId) && lastId >= 0 ? lastId : undefined,
          hub,
          readMissed: (id) => readActivityAfter(db, connection.id, id, MOST_MISSED),
          isStillAllowed,
          stopping,
        });
      },
    }),
  ];
}

function showRun({
  runId,
  work,
  state,
  startedBy,
  counts,
  code,
  at,
}: Awaited<ReturnType<typeof listRunEvents>>[number]) {
  return { id: runId, work, state, startedBy, counts: { ...counts }, code: code ?? null, at };
}

function showPush({ pushId, type, receivedAt, ends, reason }: PushRow) {
  const outcome = summarizeOutcomes(ends.map((end) => end.outcome)) ?? 'pending';
  return {
    id: pushId,
    type,
    receivedAt,
    outcome,
    customers: ends.reduce((sum, { customers }) => sum + customers, 0),
    reason: reason?.reason ?? null,
  } as const;
}

const TOO_MANY_STREAMS = new ApiProblem({
  status: 429,
  code: 'too-many-streams',
  title: 'Too many streams are open',
  detail: `This companion keeps ${MOST_STREAMS} of them open. Close a window of the console, or come back later.`,
});
