import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openSimulator } from './open-simulator.ts';

let directory: string;
let storeFile: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'salesforce-simulator-'));
  storeFile = join(directory, 'org', 'journal.jsonl');
});
afterEach(() => rmSync(directory, { recursive: true }));

test('a restart keeps records, ids, credentials and sessions', async () => {
  const first = await openSimulator({ storeFile });
  const [id = ''] = await first.seed([{ Name: 'Kept', ERP_Code__c: 'K' }]);
  await first.call(`/sobjects/Account/${id}`, {
    method: 'PATCH',
    user: 'admin',
    body: { Phone: '1', ERP_Code__c: null },
  });
  const { accessToken } = first.simulator.org.openSession();
  const { clientId, clientSecret, organizationId } = first.simulator;
  await first.close();

  const second = await openSimulator({ storeFile });
  expect(second.simulator).toMatchObject({ clientId, clientSecret, organizationId });
  expect(await second.rows(`SELECT Name, Phone, ERP_Code__c FROM Account WHERE Id = '${id}'`)).toMatchObject([
    { Name: 'Kept', Phone: '1', ERP_Code__c: null },
  ]);
  const headers = { authorization: `Bearer ${accessToken}` };
  expect((await fetch(`${second.simulator.url}/services/data/v66.0`, { headers })).status).toBe(200);
  expect(await second.seed([{ Name: 'Next' }])).not.toContain(id);
  await second.close();
});

test('what is written before an answer is there even if the process dies right after it', async () => {
  const org = await openSimulator({ storeFile });
  await org.seed([{ Name: 'Written' }]);
  expect(readFileSync(storeFile, 'utf8')).toContain('Written');
  await org.close();
});

test('a last line that was cut short is left out, and the rest is kept', async () => {
  const first = await openSimulator({ storeFile });
  await first.seed([{ Name: 'Whole' }]);
  await first.close();
  appendFileSync(storeFile, '[["Account","001000000000ABCAA2",{"Name":"Hal');
  const second = await openSimulator({ storeFile });
  await second.seed([{ Name: 'After' }]);
  await second.close();
  const third = await openSimulator({ storeFile });
  expect(await third.rows("SELECT Name FROM Account WHERE Name IN ('Whole', 'After', 'Hal')")).toHaveLength(
    2,
  );
  await third.close();
});

test('a text with line ends of any kind is kept as it is', async () => {
  const Description = 'one\ntwo\r\nthree\u2028four\u2029five';
  const first = await openSimulator({ storeFile });
  await first.seed([{ Name: 'Lines', Description }]);
  await first.close();
  const second = await openSimulator({ storeFile });
  expect(await second.rows("SELECT Description FROM Account WHERE Name = 'Lines'")).toMatchObject([
    { Description },
  ]);
  await second.close();
});

test('simulators in one process share nothing', async () => {
  const [one, other] = await Promise.all([openSimulator(), openSimulator()]);
  await one.seed([{ Name: 'Only here' }]);
  expect(await other.rows("SELECT Id FROM Account WHERE Name = 'Only here'")).toEqual([]);
  expect(one.simulator.organizationId).not.toBe(other.simulator.organizationId);
  await Promise.all([one.close(), other.close()]);
});

test('closing ends the connections that clients keep open', async () => {
  const org = await openSimulator();
  await org.call('/limits');
  await org.close();
  await expect(org.call('/limits')).rejects.toThrow();
});
