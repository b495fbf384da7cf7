import { z } from 'zod';
import type { Connection, SharedIdentifier } from '../../connect/connection.ts';
import type { Counts } from '../../match/comparison.ts';
import type { Moves } from '../../match/compare-apart.ts';
import { findOption, listAccountFields } from '../../match/list-account-fields.ts';
import type { RankedPair } from '../../match/rank-pairs.ts';
import { sampleCustomers } from '../../match/sample-customers.ts';
import type { Services } from '../../services.ts';
import { recordAudit } from '../../store/audit.ts';
import { addMatchJob, findMatchJob, type MatchJob } from '../../store/match-jobs.ts';
import { beginSwitch, readPairInForce } from '../../store/pair-in-force.ts';
import { listWrittenFields, resolveTargets } from '../../export/map-values.ts';
import { describeAccount } from '../../salesforce/describe-account.ts';
import { callSalesforce } from './call-salesforce.ts';
import {
  advisedPairShape,
  countsShape,
  jobStateShape,
  movesShape,
  pairShape,
  reasonShape,
} from './match-shapes.ts';
import { ApiProblem, route, type ApiRoute } from './route.ts';

/** Customers that the coverage of each side is told from. */
const CUSTOMERS_FOR_COVERAGE = 2000;

const TAG = 'Identifier and matches';
const BASE = '/v1/connections/:connectionId/identifier';

interface PreviewResult {
  counts: Counts;
  moves: Moves | null;
}

interface AdviceResult {
  rows: RankedPair[];
  customersRead: number;
  accountsRead: number;
}

/** Choosing the pair of fields that names the same customer on both sides. */
export function identifierRoutes(services: Services): ApiRoute[] {
  const { db } = services.database;

  /** @throws {ApiProblem} when the pair cannot be the identifier */
  async function checkPair(
    connection: Connection,
    pair: z.output<typeof pairShape>,
  ): Promise<SharedIdentifier> {
    if (!/^(externalId|accountingRef|customField:.+)$/.test(pair.upflow)) {
      throw refused('upflow', 'is not a side of the identifier: see identifier/options');
    }
    const options = await callSalesforce(services, connection, listAccountFields);
    const option = findOption(options, pair.salesforce);
    if (option === undefined) {
      throw refused(
        'salesforce',
        'is no Account field that the integration user can see. Check its name and its field-level security.',
      );
    }
    if (option.reason !== null) throw refused('salesforce', option.reason);
    const description = await callSalesforce(services, connection, describeAccount);
    if (listWrittenFields(resolveTargets(connection.mapping, description)).includes(option.name)) {
      throw refused(
        'salesforce',
        'is a field that the export writes. Choose another one, or take it out of the export mapping first.',
      );
    }
    return { upflow: pair.upflow, salesforce: option.name, comparedAs: option.comparedAs };
  }

  return [
    route({
      method: 'get',
      path: `${BASE}/options`,
      tag: TAG,
      summary: 'What both sides offer as the shared identifier',
      answer: z.object({
        upflow: z.array(
          z.object({
            key: z.string(),
            label: z.string(),
            type: z.string(),
            allowed: z.boolean(),
            reason: z.string().nullable(),
            coverage: z.number(),
          }),
        ),
        salesforce: z.array(
          z.object({
            name: z.string(),
            label: z.string(),
            type: z.string(),
            allowed: z.boolean(),
            reason: z.string().nullable(),
          }),
        ),
      }),
      problems: { 502: 'Salesforce did not answer as needed' },
      async handle({ connection }) {
        const sample = await sampleCustomers(db, connection.id, CUSTOMERS_FOR_COVERAGE);
        const upflow = sample.sides.map((side) => {
          const values = sample.values.get(side.key) ?? [];
          const filled = values.filter((value) => value !== null && value.trim() !== '').length;
          return {
            ...side,
            allowed: true,
            reason: null,
            coverage: sample.customers === 0 ? 0 : filled / sample.customers,
          };
        });
        return { upflow, salesforce: await callSalesforce(services, connection, listAccountFields) };
      },
    }),
    route({
      method: 'get',
      path: `${BASE}/advice`,
      tag: TAG,
      summary: 'Which pairs would work, best first',
      answer: z.object({
        state: z.enum(['none', 'running', 'done', 'failed']),
        progress: z.number(),
        rows: z.array(advisedPairShape),
        customersRead: z.int(),
        accountsRead: z.int(),
        madeAt: z.date().nullable(),
        reason: reasonShape.nullable(),
      }),
      async handle({ connection }) {
        const job = await findMatchJob(db, connection.id, 'advice');
        const found = (job?.result ?? null) as AdviceResult | null;
        return {
          state: job === undefined ? ('none' as const) : stateOf(job),
          progress: job?.progress ?? 0,
          ...(found ?? { rows: [], customersRead: 0, accountsRead: 0 }),
          madeAt: job?.endedAt ?? null,
          reason: job?.reason ?? null,
        };
      },
    }),
    route({
      method: 'post',
      path: `${BASE}/advice`,
      tag: TAG,
      summary: 'Look anew which pairs would work',
      status: 202,
      answer: z.object({ id: z.string() }),
      async handle({ connection, actor }) {
        const id = await addMatchJob(db, connection.id, { kind: 'advice', pair: null, by: actor.name });
        services.kickMatch(connection.id);
        return { id };
      },
    }),
    route({
      method: 'post',
      path: `${BASE}/previews`,
      tag: TAG,
      summary: 'Try a pair: how many customers it would match',
      body: pairShape,
      status: 202,
      answer: z.object({ id: z.string() }),
      problems: { 502: 'Salesforce did not answer as needed' },
      async handle({ connection, body, actor }) {
        const pair = await checkPair(connection, body);
        const id = await addMatchJob(db, connection.id, { kind: 'preview', pair, by: actor.name });
        services.kickMatch(connection.id);
        return { id };
      },
    }),
    route({
      method: 'get',
      path: `${BASE}/previews/:previewId`,
      tag: TAG,
      summary: 'How far a preview is, and what it found',
      params: z.object({ previewId: z.string() }),
      answer: z.object({
        state: jobStateShape,
        progress: z.number(),
        pair: pairShape,
        counts: countsShape.nullable(),
        rate: z.number().nullable().meta({ description: 'Matched customers of all, from 0 to 1' }),
        moves: movesShape
          .nullable()
          .meta({ description: 'Customers that would get an Account, lose theirs, or get another' }),
        reason: reasonShape.nullable(),
      }),
      problems: { 404: 'Unknown preview' },
      async handle({ connection, params }) {
        const job = await findMatchJob(db, connection.id, 'preview', params.previewId);
        if (job?.pair == null) throw UNKNOWN_PREVIEW;
        const found = (job.result ?? null) as PreviewResult | null;
        const counts = found?.counts ?? null;
        return {
          state: stateOf(job),
          progress: job.progress,
          pair: job.pair,
          counts,
          rate: counts === null ? null : rateOf(counts),
          moves: found?.moves ?? null,
          reason: job.reason,
        };
      },
    }),
    route({
      method: 'put',
      path: BASE,
      tag: TAG,
      summary: 'Choose the shared identifier',
      description: 'All customers are matched anew; the report follows. Links made by hand stay.',
      body: pairShape.extend({ previewId: z.string().optional() }),
      answer: z.object({ identifier: pairShape, counts: countsShape.nullable() }),
      problems: { 502: 'Salesforce did not answer as needed' },
      async handle({ connection, body: { previewId, ...body }, actor }) {
        const pair = await checkPair(connection, body);
        const preview =
          previewId === undefined ? undefined : await findMatchJob(db, connection.id, 'preview', previewId);
        const isOfPair = preview?.pair?.upflow === pair.upflow && preview.pair.salesforce === pair.salesforce;
        await db.transaction().execute(async (trx) => {
          const before = (await readPairInForce(trx, connection.id))?.pair;
          await beginSwitch(trx, connection.id, pair);
          await addMatchJob(trx, connection.id, { kind: 'refresh', pair: null, by: actor.name });
          await recordAudit(trx, {
            connectionId: connection.id,
            actor: actor.name,
            action: 'identifier chosen',
            details: { before: before ?? null, after: pair },
          });
        });
        services.directory.forget(connection.id);
        services.kickMatch(connection.id);
        return {
          identifier: pair,
          counts: isOfPair ? ((preview.result as PreviewResult | null)?.counts ?? null) : null,
        };
      },
    }),
  ];
}

function stateOf({ state }: MatchJob): 'running' | 'done' | 'failed' {
  return state === 'waiting' ? 'running' : state;
}

/** Customers that have an Account, of all. */
export function rateOf({ customers, matched, manual }: Counts): number {
  return customers === 0 ? 0 : (matched + manual) / customers;
}

function refused(field: string, problem: string): ApiProblem {
  return new ApiProblem({
    status: 422,
    code: 'unusable-identifier',
    title: 'This cannot be the shared identifier',
    detail: problem,
    extra: { errors: [{ field, problem }] },
  });
}

const UNKNOWN_PREVIEW = new ApiProblem({
  status: 404,
  code: 'unknown-preview',
  title: 'There is no such preview',
  detail: 'Previews are kept for seven days. Start another one.',
});
