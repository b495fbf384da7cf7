import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';

/** What an operator can watch. Labels carry ids and codes only. */
export interface Metrics {
  registry: Registry;
  pushesReceived: Counter<'answer'>;
  outcomes: Counter<'outcome'>;
  rowsWritten: Counter;
  salesforceCalls: Counter<'method' | 'status'>;
  holds: Counter<'code'>;
}

/** @param readWaiting how many customers wait to be written, read when the metrics are asked for */
export function createMetrics(readWaiting: () => Promise<number>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'upflow_customers_waiting',
    help: 'Customers whose newest state is not in Salesforce yet',
    registers,
    async collect() {
      this.set(await readWaiting());
    },
  });
  return {
    registry,
    pushesReceived: new Counter({
      name: 'upflow_pushes_received_total',
      help: 'Pushes received, by answer: accepted, or why they were refused',
      labelNames: ['answer'],
      registers,
    }),
    outcomes: new Counter({
      name: 'upflow_outcomes_total',
      help: 'Customer states that came to an end, by outcome',
      labelNames: ['outcome'],
      registers,
    }),
    rowsWritten: new Counter({
      name: 'upflow_accounts_written_total',
      help: 'Account rows that Salesforce accepted',
      registers,
    }),
    salesforceCalls: new Counter({
      name: 'upflow_salesforce_calls_total',
      help: 'Calls to the Salesforce API, by method and status',
      labelNames: ['method', 'status'],
      registers,
    }),
    holds: new Counter({
      name: 'upflow_holds_total',
      help: 'Times the export of a connection was held after a failed call, by reason',
      labelNames: ['code'],
      registers,
    }),
  };
}
