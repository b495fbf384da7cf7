import { sweepUpflow } from '../../src/sweep/sweep-upflow.ts';
import {
  startUpflowSimulator,
  type UpflowSimulator,
} from '../../simulators/upflow/start-upflow-simulator.ts';
import { eventually, startPipeline, type Pipeline } from '../support/start-pipeline.ts';

/** An organization that sends no pushes: the companion has its API key, and reads. */
export interface Sweeping {
  pipeline: Pipeline;
  upflow: UpflowSimulator;
  /** Calls the controls of the simulated Upflow. */
  control<Answer>(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Sets Upflow's clock, and that of the sweeps. */
  setTime(moment: Date): Promise<void>;
  /** Asks for a whole pass, or lets the time decide, and waits until what it read is written. */
  sweep(how?: { whole?: boolean }): Promise<void>;
  /** Waits until nothing is left to fold or to write. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

export async function openSweeping(): Promise<Sweeping> {
  const upflow = await startUpflowSimulator();
  const pipeline = await startPipeline({ config: { upflowSimulatorOrigin: upflow.url } });
  const { apiKey, apiSecret } = upflow.keys();
  let now = new Date();

  async function control<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await fetch(`${upflow.url}/_simulator/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Answer;
  }

  const idle = () =>
    eventually(async () => {
      const { rows } = await pipeline.services().database.pool.query<{ left: number }>(
        `select (select count(*) from push where folded_at is null)
          + (select count(*) from customer where dirty_at is not null) as left`,
      );
      return Number(rows[0]?.left) === 0 ? true : undefined;
    }, 'everything to be written').then(() => undefined);

  await control('PUT', 'settings', { requestsPerMinute: 1_000_000 });
  for (const { id } of await control<{ id: string }[]>('GET', 'customers'))
    await control('DELETE', `customers/${id}`);
  const connected = await pipeline.api('PUT', 'upflow', { environment: 'sandbox', apiKey, apiSecret });
  if (connected.status !== 200) throw new Error(JSON.stringify(connected.body));
  await eventually(async () => {
    const { body } = await pipeline.api<{ state: string }>('GET', 'sweep');
    return body.state === 'done' ? true : undefined;
  }, 'the first sweep');

  return {
    pipeline,
    upflow,
    control,
    idle,
    async setTime(moment) {
      now = moment;
      await control('PUT', 'settings', { today: moment.toISOString() });
    },
    async sweep({ whole = true } = {}) {
      const services = pipeline.services();
      if (whole)
        await services.database.pool.query('update sweep set wanted = true where connection_id = $1', [
          'acme',
        ]);
      await sweepUpflow(services, 'acme', { clock: () => now });
      services.kick('acme');
      await idle();
    },
    async stop() {
      await pipeline.stop();
      await upflow.close();
    },
  };
}
