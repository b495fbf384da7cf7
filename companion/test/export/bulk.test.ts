import { afterEach, describe, expect, test } from '@jest/globals';
import {
  abortAllJobs,
  BULK,
  countCollections,
  countJobs,
  listJobs,
  many,
  seed,
  stats,
  write,
} from '../support/bulk-batches.ts';
import { eventually, startPipeline, type Pipeline, type PipelineOptions } from '../support/start-pipeline.ts';

let pipeline: Pipeline;
async function open(config: object = {}, options: PipelineOptions = {}): Promise<Pipeline> {
  pipeline = await startPipeline({ ...options, config: { bulk: BULK, ...config } });
  return pipeline;
}
afterEach(() => pipeline.stop());

describe('a batch of many Accounts', () => {
  test('goes by one job in few calls, and the job is deleted; a small one goes by collections', async () => {
    await open();
    const ids = await seed(pipeline, 300);
    await write(pipeline, many(300));
    const { byResource } = await stats(pipeline);
    expect(byResource).toMatchObject({ 'POST /jobs/ingest': 1 });
    const jobCalls = Object.entries(byResource).filter(([name]) => name.includes('/jobs/ingest'));
    expect(jobCalls.reduce((sum, [, calls]) => sum + calls, 0)).toBeLessThanOrEqual(10);
    expect(byResource['PATCH /composite/sobjects']).toBeUndefined();
    expect(await listJobs(pipeline)).toEqual([]);
    expect(await pipeline.readAccount(ids[299] ?? '')).toMatchObject({ upflow__Due_Amount__c: 12.99 });

    await write(pipeline, many(3, 2));
    expect(await countJobs(pipeline)).toBe(1);
    expect(await countCollections(pipeline)).toBe(1);
  }, 30_000);

  test('outlives the lease of its customers and the session, whichever call of the job finds it ended', async () => {
    await open({ salesforceTimeoutInMs: 1000 });
    await seed(pipeline, 40);
    await pipeline.control('PUT', 'settings', { bulkRowMs: 5 });
    await pipeline.control(
      'PUT',
      'faults',
      ['/jobs/ingest$', '/batches', '/jobs/ingest/750\\w+$', '/successfulResults'].map((path) => ({
        match: { path },
        fault: 'expireSession',
        times: 1,
      })),
    );
    const { customers } = await write(pipeline, many(40));
    expect(new Set(customers.map(({ outcome }) => outcome))).toEqual(new Set(['written']));
    expect(await countCollections(pipeline)).toBe(0);
  }, 30_000);

  test('is written as a whole when the answer to any call of the job is lost', async () => {
    await open();
    const ids = await seed(pipeline, 30);
    const lost = [
      { method: 'PUT', path: '/batches' },
      { method: 'PATCH', path: '/jobs/ingest/' },
      { method: 'GET', path: '/jobs/ingest/750\\w+$' },
      { path: '/successfulResults' },
    ];
    for (const [index, match] of lost.entries()) {
      await pipeline.control('PUT', 'faults', [{ match, fault: 'resetAfter', times: 1 }]);
      const { customers } = await write(pipeline, many(30, index + 1));
      expect(customers.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 30 }, () => 'written'));
      expect(await pipeline.readAccount(ids[29] ?? '')).toMatchObject({
        upflow__Due_Amount__c: 10 * (index + 1) + 0.29,
      });
    }
    expect(await listJobs(pipeline)).toEqual([]);
  }, 30_000);
});

describe('where Salesforce does not take a job', () => {
  test('the Accounts go by collections, and the log says so once', async () => {
    await open();
    await seed(pipeline, 30);
    const refusals = [
      { match: { method: 'POST', path: '/jobs/ingest' }, status: 404, errorCode: 'NOT_FOUND' },
      { match: { method: 'POST', path: '/jobs/ingest' }, status: 400, errorCode: 'FEATURENOTENABLED' },
      { match: { method: 'PUT', path: '/batches' }, status: 400, errorCode: 'INVALIDJOB' },
      { match: { method: 'PATCH', path: '/jobs/ingest/' }, status: 400, errorCode: 'API_ERROR' },
    ];
    for (const [index, { match, status, errorCode }] of refusals.entries()) {
      // A process remembers for an hour that it was refused.
      if (index > 0) await pipeline.restart();
      const told = () => pipeline.logLines.filter((line) => line.includes('bulk job refused'));
      const toldBefore = told().length;
      const body = [{ errorCode, message: `No bulk here (${errorCode})` }];
      await pipeline.control('PUT', 'faults', [{ match, fault: 'status', status, body, times: 1 }]);
      expect((await write(pipeline, many(30, 2 * index + 1))).outcome).toBe('written');
      expect((await write(pipeline, many(30, 2 * index + 2))).outcome).toBe('written');
      expect(await countCollections(pipeline)).toBe(2 * index + 2);
      expect(told().length).toBe(toldBefore + 1);
      expect(told().at(-1)).toContain(errorCode);
    }
    expect(await listJobs(pipeline)).toEqual([]);
  }, 40_000);

  test('a job that fails in its middle keeps what it has written, and the rest goes by collections', async () => {
    await open();
    const ids = await seed(pipeline, 450);
    await pipeline.control('PUT', 'settings', { bulkRowMs: 3 });
    const pushId = await pipeline.push('customers.updated', { customers: many(450) });
    await eventually(async () => {
      const [job] = await listJobs(pipeline);
      return job !== undefined && job.numberRecordsProcessed >= 200 ? job : undefined;
    }, 'the first rows of the job');
    await abortAllJobs(pipeline);
    const { customers } = await pipeline.settled(pushId);
    expect(new Set(customers.map(({ outcome }) => outcome))).toEqual(new Set(['written']));
    expect(await pipeline.readAccount(ids[449] ?? '')).toMatchObject({ upflow__Due_Amount__c: 14.49 });
    expect(await countCollections(pipeline)).toBe(2);
    expect(pipeline.logLines.join('')).toContain('Aborted');
  }, 30_000);
});

interface Run {
  id: string;
  state: string;
  done: number;
  inJob: number;
}

interface RunEvent {
  work: string;
  state: string;
  counts: Record<string, number>;
}

test('a run shows how far its job is; paused, it ends that job and begins no other; its watchers are told', async () => {
  await open({ bulk: { above: 5, customers: 200 } }, { notExporting: ['acme'] });
  await seed(pipeline, 400);
  await pipeline.push('customers.updated', { customers: many(400) });
  await eventually(async () => {
    const { rows } = await pipeline.services().database.pool.query(`select from customer`);
    return rows.length === 400 ? true : undefined;
  }, 'the push to be taken in');
  await pipeline.control('PUT', 'settings', { bulkRowMs: 4, bulkStateMs: 2500 });
  const watch = watchRuns(pipeline);
  const { id } = await pipeline.ask<Run>('POST', 'acme/exports', { kind: 'full' });
  const read = () => pipeline.ask<Run>('GET', `acme/exports/${id}`);
  const slowly = 60;
  await eventually(
    async () => ((await read()).inJob > 0 ? true : undefined),
    'the job to show its progress',
    slowly,
  );
  await pipeline.ask('POST', `acme/exports/${id}/pause`);
  const paused = await eventually(
    async () => {
      const run = await read();
      return run.done > 0 ? run : undefined;
    },
    'the job to end',
    slowly,
  );
  expect(paused).toMatchObject({ state: 'paused', done: 200, inJob: 0 });
  expect(await countJobs(pipeline)).toBe(1);

  await pipeline.control('PUT', 'settings', { bulkRowMs: 0, bulkStateMs: 5 });
  await pipeline.ask('POST', `acme/exports/${id}/resume`);
  await eventually(
    async () => ((await read()).state === 'done' ? true : undefined),
    'the run to end',
    slowly,
  );
  expect(await countJobs(pipeline)).toBe(2);
  const events = await eventually(() => {
    const told = watch.events();
    return Promise.resolve(told.length >= 4 ? told : undefined);
  }, 'the events');
  watch.stop();
  expect(events.map(({ state }) => state)).toEqual(['running', 'paused', 'running', 'done']);
  expect(events.at(-1)).toMatchObject({ work: 'export', counts: { written: 400 } });
}, 240_000);

/** Reads the stream of what happens, as a browser does. */
function watchRuns(of: Pipeline) {
  const leaving = new AbortController();
  let text = '';
  const reading = (async () => {
    const { body } = await of.request('activity', { signal: leaving.signal });
    for await (const piece of body ?? []) text += Buffer.from(piece as Uint8Array).toString();
  })();
  reading.catch(() => undefined);
  return {
    events: () =>
      [...text.matchAll(/event: run\ndata: (.*)\n/g)].map(([, data = '']) => JSON.parse(data) as RunEvent),
    stop: () => leaving.abort(),
  };
}
