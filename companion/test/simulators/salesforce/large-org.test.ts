import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const ACCOUNTS = 100_000;
const MOST_BYTES_A_ROW = 2000;
const simulator = new URL('../../../simulators/salesforce/start-salesforce-simulator.ts', import.meta.url);

// In a process of its own: the memory of a test process is nobody's measure.
const program = `
  const { startSalesforceSimulator } = await import(${JSON.stringify(simulator.href)});
  const simulator = await startSalesforceSimulator();
  const settle = () => { for (let round = 0; round < 3; round += 1) gc(); return process.memoryUsage().heapUsed; };
  const before = settle();
  const body = JSON.stringify({ count: ${ACCOUNTS} });
  await (await fetch(simulator.url + '/_simulator/accounts', { method: 'POST', body })).arrayBuffer();
  const bytes = (settle() - before) / ${ACCOUNTS};
  console.log(JSON.stringify({ rows: simulator.org.store.rows('Account').size, bytes }));
  await simulator.close();
`;

test('an Account of a large org costs little memory, so that a million fit into 3 GB', async () => {
  const flags = ['--expose-gc', '--no-warnings', '--input-type=module', '--eval', program];
  const { stdout } = await promisify(execFile)(process.execPath, flags);
  const { rows, bytes } = JSON.parse(stdout) as { rows: number; bytes: number };
  expect(rows).toBeGreaterThanOrEqual(ACCOUNTS);
  expect(bytes).toBeLessThan(MOST_BYTES_A_ROW);
  expect(bytes).toBeGreaterThan(100);
}, 180_000);
