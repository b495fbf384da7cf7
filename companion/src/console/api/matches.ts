import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import { z } from 'zod';
import { kindOf, type Connection } from '../../connect/connection.ts';
import { NO_COUNTS } from '../../match/comparison.ts';
import { readPage } from '../../match/read-page.ts';
import { tellEvidence } from '../../match/tell-evidence.ts';
import type { IdentifierKind } from '../../salesforce/identifier-value.ts';
import type { Services } from '../../services.ts';
import { loadLinks } from '../../store/links.ts';
import { addMatchJob, findMatchJob, type MatchJob } from '../../store/match-jobs.ts';
import { readReportHead, type KeptRow } from '../../store/match-report.ts';
import { readPairInForce } from '../../store/pair-in-force.ts';
import { readRowsAfter } from '../../store/read-report.ts';
import { accountShape, countsShape, linkShape, matchKindShape, reasonShape } from './match-shapes.ts';
import { route, type ApiRoute } from './route.ts';

const TAG = 'Identifier and matches';
const BASE = '/v1/connections/:connectionId';
const ROWS_PER_CSV_SLICE = 500;

const rowShape = z.object({
  kind: matchKindShape,
  customerId: z.string().nullable(),
  customerName: z.string().nullable(),
  customerValue: z.string().nullable(),
  accounts: z.array(accountShape),
  evidence: z.string(),
  link: linkShape.nullable(),
});
type MatchRow = z.input<typeof rowShape>;

/** The report of who matched, and why not. */
export function matchRoutes(services: Services): ApiRoute[] {
  const { db } = services.database;

  async function readReport(connection: Connection) {
    const head = await readReportHead(db, connection.id);
    const inForce = await readPairInForce(db, connection.id);
    const kind: IdentifierKind = inForce?.pair === undefined ? 'text' : kindOf(inForce.pair);
    return { head, kind, switching: inForce?.switching === true };
  }

  async function tellRows(
    connectionId: string,
    rows: readonly KeptRow[],
    kind: IdentifierKind,
  ): Promise<MatchRow[]> {
    const customerIds = rows.flatMap((row) => (row.kind === 'manual' ? (row.customer?.[0] ?? []) : []));
    const links = customerIds.length === 0 ? [] : await loadLinks(db, connectionId, customerIds, []);
    const linkOf = new Map(links.map((link) => [link.customerId, link]));
    return rows.map((row) => {
      const { customer, accounts } = row;
      const link = customer === undefined ? undefined : linkOf.get(customer[0]);
      return {
        kind: row.kind,
        customerId: customer?.[0] ?? null,
        customerName: customer?.[1] ?? null,
        customerValue: customer?.[2] ?? null,
        accounts: accounts.map(([id, name, value]) => ({ id, name, value })),
        evidence: tellEvidence(row, kind, link),
        link: link === undefined ? null : { source: link.source, by: link.by, at: link.at },
      };
    });
  }

  async function* csvRows(connection: Connection, wanted: z.output<typeof matchKindShape>[]) {
    const { head, kind } = await readReport(connection);
    if (head === undefined) return;
    for (const each of wanted) {
      for (let after = -1; ;) {
        const limit = ROWS_PER_CSV_SLICE;
        const rows = await readRowsAfter(db, connection.id, head.run, { kind: each, after, limit });
        for (const row of await tellRows(connection.id, rows, kind)) yield toCells(row);
        after = rows.at(-1)?.ordinal ?? after;
        if (rows.length < limit) break;
      }
    }
  }

  return [
    route({
      method: 'get',
      path: `${BASE}/matches`,
      tag: TAG,
      summary: 'The match report',
      description:
        'Rows of one kind. A search finds what a name, a word of a name, an id or a value begins with, on either side.',
      query: z.object({
        kind: matchKindShape.default('matched'),
        search: z.string().max(255).default(''),
        limit: z.coerce.number().int().min(1).max(500).default(50),
        after: z.string().max(2000).optional(),
      }),
      answer: z.object({
        counts: countsShape,
        rows: z.array(rowShape),
        next: z.string().nullable(),
        madeAt: z.date().nullable(),
        state: z.enum(['none', 'running', 'done', 'failed']),
        progress: z.number(),
        reason: reasonShape.nullable(),
      }),
      async handle({ connection, query }) {
        const { head, kind, switching } = await readReport(connection);
        const job = await findMatchJob(db, connection.id, 'refresh');
        const page =
          head === undefined
            ? { rows: [], next: null }
            : await readPage(db, connection.id, { run: head.run, kind }, query);
        const isFailed = !switching && job?.state === 'failed';
        return {
          counts: head?.counts ?? NO_COUNTS,
          rows: await tellRows(connection.id, page.rows, kind),
          next: page.next,
          madeAt: head?.madeAt ?? null,
          state: switching ? ('running' as const) : stateOf(job, head !== undefined),
          progress: job?.progress ?? 0,
          reason: isFailed ? job.reason : null,
        };
      },
    }),
    route({
      method: 'post',
      path: `${BASE}/matches/refresh`,
      tag: TAG,
      summary: 'Make the match report anew',
      status: 202,
      answer: z.object({ id: z.string() }),
      async handle({ connection, actor }) {
        const id = await addMatchJob(db, connection.id, { kind: 'refresh', pair: null, by: actor.name });
        services.kickMatch(connection.id);
        return { id };
      },
    }),
    route({
      method: 'get',
      path: `${BASE}/matches.csv`,
      tag: TAG,
      summary: 'The match report as a file',
      query: z.object({ kind: matchKindShape.optional() }),
      answer: null,
      mediaType: 'text/csv',
      async handle({ connection, query: { kind }, res }) {
        res.set({
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': `attachment; filename="matches${kind === undefined ? '' : `-${kind}`}.csv"`,
        });
        const rows = csvRows(connection, kind === undefined ? [...matchKindShape.options] : [kind]);
        // A spreadsheet would run a cell that begins like a formula.
        const writer = stringify({ header: true, columns: CSV_COLUMNS, escape_formulas: true, bom: true });
        await pipeline(rows, writer, res).catch((error: unknown) => {
          // Whoever closes the download early is no failure.
          if ((error as { code?: unknown }).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
        });
      },
    }),
  ];
}

function stateOf(job: MatchJob | undefined, isMade: boolean): 'none' | 'running' | 'done' | 'failed' {
  if (job === undefined) return isMade ? 'done' : 'none';
  return job.state === 'waiting' ? 'running' : job.state;
}

const CSV_COLUMNS = [
  'kind',
  'customer id',
  'customer name',
  'customer value',
  'account ids',
  'account names',
  'account values',
  'evidence',
  'decided by',
  'decided at',
];

function toCells({
  kind,
  customerId,
  customerName,
  customerValue,
  accounts,
  evidence,
  link,
}: MatchRow): string[] {
  return [
    kind,
    customerId ?? '',
    customerName ?? '',
    customerValue ?? '',
    accounts.map(({ id }) => id).join('\n'),
    accounts.map(({ name }) => name).join('\n'),
    accounts.map(({ value }) => value).join('\n'),
    evidence,
    link?.by ?? '',
    link?.at.toISOString() ?? '',
  ];
}
