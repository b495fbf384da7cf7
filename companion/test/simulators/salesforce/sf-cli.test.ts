import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openSimulator, type TestOrg } from './open-simulator.ts';
import { runSf, type Run } from './run-sf.ts';

// The command line starts slowly, and machines that run tests are busy.
const TEST_TIMEOUT_IN_MS = 180_000;

let org: TestOrg;
let directory: string;
let loggedIn: Run;

beforeAll(async () => {
  org = await openSimulator();
  directory = mkdtempSync(join(tmpdir(), 'sf-cli-'));
  const session = org.simulator.org.openSession('admin');
  const login = ['org', 'login', 'access-token', '--instance-url', session.instanceUrl];
  loggedIn = await sf([...login, '--no-prompt', '--set-default'], { SF_ACCESS_TOKEN: session.accessToken });
}, TEST_TIMEOUT_IN_MS);
afterAll(async () => {
  rmSync(directory, { recursive: true, force: true });
  await org.close();
});

function sf(args: string[], environment: Record<string, string> = {}): Promise<Run> {
  return runSf(directory, args, environment);
}

function writeFile(name: string, text: string): string {
  const file = join(directory, name);
  writeFileSync(file, text);
  return file;
}

describe('the real sf command line', () => {
  test('signs in with an access token', () => {
    expect(loggedIn.stderr + loggedIn.stdout).toContain(
      `Successfully authorized ${org.simulator.org.users.admin.username}`,
    );
    expect(loggedIn.code).toBe(0);
  });

  test(
    'shows the org, its objects and its limits',
    async () => {
      const [display, describeAccount, list, limits] = await Promise.all([
        sf(['org', 'display', '--json']),
        sf(['sobject', 'describe', '--sobject', 'Account', '--json']),
        sf(['sobject', 'list', '--sobject', 'all', '--json']),
        sf(['limits', 'api', 'display', '--json']),
      ]);
      expect(display.json.result).toMatchObject({
        id: org.simulator.organizationId,
        connectedStatus: 'Connected',
        username: org.simulator.org.users.admin.username,
      });
      const { fields } = describeAccount.json.result as { fields: { name: string }[] };
      expect(fields.map((field) => field.name)).toContain('upflow__Shared_Identifier__c');
      expect(list.json.result).toEqual(expect.arrayContaining(['Account', 'Contact']));
      expect(limits.json.result).toContainEqual(
        expect.objectContaining({ name: 'DailyApiRequests', max: 100_000 }),
      );
    },
    TEST_TIMEOUT_IN_MS,
  );

  test(
    'queries, for people and as JSON, and shows what is wrong with a query',
    async () => {
      await org.seed([{ Name: 'Queried by CLI', ERP_Code__c: 'CLI-Q' }]);
      const soql = "SELECT Name, Owner.Name FROM Account WHERE ERP_Code__c = 'CLI-Q'";
      const [human, json, wrong] = await Promise.all([
        sf(['data', 'query', '--query', soql]),
        sf(['data', 'query', '--query', soql, '--json']),
        sf(['data', 'query', '--query', 'SELECT Nope FROM Account', '--json']),
      ]);
      expect(human.stdout).toContain('OWNER.NAME');
      expect(human.stdout).toContain('Queried by CLI');
      expect(human.stdout).toContain('Total number of records retrieved: 1.');
      expect(json.json.result).toMatchObject({ totalSize: 1, records: [{ Name: 'Queried by CLI' }] });
      expect(wrong.json).toMatchObject({ name: 'INVALID_FIELD' });
      expect(wrong.json.message).toContain("No such column 'Nope' on entity 'Account'.");
      expect(wrong.code).toBe(1);
    },
    TEST_TIMEOUT_IN_MS,
  );

  test(
    'reads all pages of a query, and exports the same rows in bulk',
    async () => {
      await org.control('POST', '/accounts', { count: 2100 });
      const soql = "SELECT Id, Name FROM Account WHERE Name LIKE 'Seeded Company%'";
      const output = ['--output-file', join(directory, 'exported.csv'), '--result-format', 'csv'];
      const [query, exported] = await Promise.all([
        sf(['data', 'query', '--query', soql, '--json']),
        sf(['data', 'export', 'bulk', '--query', soql, ...output, '--wait', '5', '--json']),
      ]);
      const { totalSize, records } = query.json.result as { totalSize: number; records: { Id: string }[] };
      expect([totalSize, records.length]).toEqual([2100, 2100]);
      expect(exported.json).toMatchObject({ status: 0, result: { totalSize: 2100 } });
      const lines = readFileSync(join(directory, 'exported.csv'), 'utf8').trim().split('\n');
      expect(lines[0]).toBe('"Id","Name"');
      expect(new Set(lines.slice(1).map((line) => line.slice(1, 19)))).toEqual(
        new Set(records.map((record) => record.Id)),
      );
    },
    TEST_TIMEOUT_IN_MS,
  );

  test(
    'creates, changes, reads and deletes a record, and shows why one is refused',
    async () => {
      const account = ['--sobject', 'Account'];
      const [created, refused] = await Promise.all([
        sf([
          'data',
          'create',
          'record',
          ...account,
          '--values',
          "Name='Made by CLI' ERP_Code__c=CLI-1",
          '--json',
        ]),
        sf(['data', 'create', 'record', ...account, '--values', 'ERP_Code__c=CLI-2', '--json']),
      ]);
      const { id } = created.json.result as { id: string };
      expect(refused.json).toMatchObject({
        name: 'REQUIRED_FIELD_MISSING',
        message: 'Required fields are missing: [Name]',
      });
      const named = ['--record-id', id];
      await sf(['data', 'update', 'record', ...account, ...named, '--values', 'Phone=555', '--json']);
      const read = await sf(['data', 'get', 'record', ...account, '--where', 'ERP_Code__c=CLI-1', '--json']);
      expect(read.json.result).toMatchObject({ Id: id, Name: 'Made by CLI', Phone: '555' });
      const deleted = await sf(['data', 'delete', 'record', ...account, ...named, '--json']);
      expect(deleted.json).toMatchObject({ status: 0, result: { id, success: true } });
      expect(await org.rows(`SELECT Id FROM Account WHERE Id = '${id}'`)).toEqual([]);
    },
    TEST_TIMEOUT_IN_MS,
  );

  test(
    'imports and upserts in bulk, and says how many rows failed',
    async () => {
      await org.seed([{ Name: 'Before', ERP_Code__c: 'CLI-U1' }]);
      const upsertFile = writeFile('upsert.csv', 'ERP_Code__c,Name\nCLI-U1,After\nCLI-U2,New\n');
      const importFile = writeFile('import.csv', 'Name,ERP_Code__c\nImported,CLI-I1\n,CLI-I2\n');
      const bulk = ['--sobject', 'Account', '--wait', '5', '--json'];
      const key = ['--external-id', 'ERP_Code__c'];
      const [upserted, imported] = await Promise.all([
        sf(['data', 'upsert', 'bulk', ...bulk, ...key, '--file', upsertFile]),
        sf(['data', 'import', 'bulk', ...bulk, '--file', importFile]),
      ]);
      expect(upserted.json).toMatchObject({
        status: 0,
        result: { jobInfo: { state: 'JobComplete', numberRecordsProcessed: 2, numberRecordsFailed: 0 } },
      });
      expect(imported.code).not.toBe(0);
      expect(imported.json.message).toContain('failed to process 1 records');
      const written = "ERP_Code__c IN ('CLI-U1', 'CLI-U2', 'CLI-I1', 'CLI-I2')";
      expect(
        await org.rows(`SELECT ERP_Code__c, Name FROM Account WHERE ${written} ORDER BY Name`),
      ).toMatchObject([
        { ERP_Code__c: 'CLI-U1', Name: 'After' },
        { ERP_Code__c: 'CLI-I1', Name: 'Imported' },
        { ERP_Code__c: 'CLI-U2', Name: 'New' },
      ]);
    },
    TEST_TIMEOUT_IN_MS,
  );
});
