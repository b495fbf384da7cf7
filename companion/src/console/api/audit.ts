import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { Response } from 'express';
import { z } from 'zod';
import type { Services } from '../../services.ts';
import { readAudit, type AuditRow } from '../../store/read-audit.ts';
import { createAuditJudge } from '../../watch/audit-verdict.ts';
import { cutPage, nextPage, pageQuery, readCursor } from './page.ts';
import { route, type ApiRoute } from './route.ts';
import { momentShape } from './shapes.ts';

const TAG = 'Audit';

/** Rows of a download that are read at once. */
const ROWS_PER_READ = 1000;

const answer = z.object({
  rows: z.array(
    z.object({
      sequence: z.int(),
      at: momentShape,
      connectionId: z.string().nullable(),
      actor: z.string(),
      action: z.string(),
      subject: z.string().nullable(),
      details: z.record(z.string(), z.unknown()),
      hash: z.string(),
    }),
  ),
  next: nextPage,
  chain: z.enum(['whole', 'broken']).meta({
    description: 'Whether all entries of the log, of all connections, are as they were written',
  }),
  brokenAt: z.int().nullable().meta({ description: 'The first entry that is not' }),
  checkedAt: momentShape,
});

const query = z.object(pageQuery);

/** Who did what. Entries are only ever added. */
export function auditRoutes({ database: { db } }: Services): ApiRoute[] {
  const judge = createAuditJudge(db);

  async function read(connectionId: string | undefined, { limit, after }: z.output<typeof query>) {
    const before = readCursor(after, z.int());
    const rows = await readAudit(db, { connectionId, before, limit: limit + 1 });
    const { chain, brokenAt, checkedAt } = await judge();
    return { ...cutPage(rows, limit, ({ sequence }) => sequence), chain, brokenAt, checkedAt };
  }

  async function* readAll(connectionId: string | undefined): AsyncGenerator<AuditRow> {
    let before: number | undefined;
    for (;;) {
      const rows = await readAudit(db, { connectionId, before, limit: ROWS_PER_READ });
      yield* rows;
      before = rows.at(-1)?.sequence;
      if (rows.length < ROWS_PER_READ) return;
    }
  }

  const download = (connectionId: string | undefined, res: Response) =>
    sendCsv(res, readAll(connectionId), `audit-${connectionId ?? 'all'}.csv`);

  const about = { method: 'get', tag: TAG } as const;
  const asCsv = { answer: null, mediaType: 'text/csv' } as const;
  return [
    route({
      ...about,
      path: '/v1/connections/:connectionId/audit',
      summary: 'Read who did what, newest first',
      query,
      answer,
      handle: ({ connection, query: page }) => read(connection.id, page),
    }),
    route({
      ...about,
      ...asCsv,
      path: '/v1/connections/:connectionId/audit.csv',
      summary: 'Download who did what',
      handle: ({ connection, res }) => download(connection.id, res),
    }),
    route({
      ...about,
      path: '/v1/audit',
      summary: 'Read who did what, sign-ins and all connections included',
      role: 'admin',
      query,
      answer,
      handle: ({ query: page }) => read(undefined, page),
    }),
    route({
      ...about,
      ...asCsv,
      path: '/v1/audit.csv',
      summary: 'Download who did what, sign-ins and all connections included',
      role: 'admin',
      handle: ({ res }) => download(undefined, res),
    }),
  ];
}

/** Cells that a spreadsheet would take for a formula are made text. A client that goes away ends the reading. */
async function sendCsv(res: Response, rows: AsyncIterable<AuditRow>, name: string): Promise<void> {
  res.status(200).type('text/csv').attachment(name);
  const csv = stringify({
    header: true,
    bom: true,
    escape_formulas: true,
    columns: ['sequence', 'at', 'connection', 'actor', 'action', 'subject', 'details', 'hash'],
  });
  const cells = Readable.from(rows).map((row: AuditRow) => [
    row.sequence,
    row.at.toISOString(),
    row.connectionId,
    row.actor,
    row.action,
    row.subject,
    JSON.stringify(row.details),
    row.hash,
  ]);
  await pipeline(cells, csv, res).catch((error: unknown) => {
    // The answer has begun, so the client sees it cut short.
    if ((error as { code?: string }).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
}
