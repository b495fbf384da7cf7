import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { serveSimulatorPages } from '../../../simulators/salesforce/page/serve-simulator-pages.ts';
import { openSimulator, type TestOrg } from './open-simulator.ts';

const PROJECT = join(import.meta.dirname, '../../../..');
const folder = mkdtempSync(join(tmpdir(), 'pages-from-metadata-'));
const packageDirectory = join(folder, 'force-app');
const SOURCES = join(packageDirectory, 'main/default');

let org: TestOrg;

function write(path: string, xml: string): void {
  mkdirSync(dirname(join(SOURCES, path)), { recursive: true });
  writeFileSync(join(SOURCES, path), xml);
}

beforeAll(async () => {
  cpSync(join(PROJECT, 'force-app'), packageDirectory, { recursive: true });
  cpSync(join(PROJECT, 'sfdx-project.json'), join(folder, 'sfdx-project.json'));
  const page = 'flexipages/Upflow_Opportunity_Record_Page.flexipage-meta.xml';
  write(page, readFileSync(join(SOURCES, page), 'utf8').replace('c:upflowOverdueAlert', 'c:anotherAlert'));
  write(
    'objects/Account/listViews/Late.listView-meta.xml',
    `<ListView><fullName>Late</fullName><booleanFilter>1 OR 2</booleanFilter><columns>ACCOUNT.NAME</columns><columns>Overdue_Amount__c</columns><filterScope>Everything</filterScope>
      <filters><field>Overdue_Amount__c</field><operation>greaterThan</operation><value>100</value></filters>
      <filters><field>ACCOUNT.TYPE</field><operation>equals</operation><value>Other</value></filters><label>Late payers</label></ListView>`,
  );
  org = await openSimulator({
    packageDirectory: SOURCES,
    configure: (app, simulated) => {
      app.use(serveSimulatorPages(simulated, { packageDirectory, cacheDirectory: join(folder, 'cache') }));
    },
  });
});
afterAll(async () => {
  await org.close();
  rmSync(folder, { recursive: true });
});

async function read(path: string): Promise<{ status: number; html: string }> {
  const response = await fetch(org.simulator.url + path);
  return { status: response.status, html: await response.text() };
}

test('a component stands on the record pages that the package places it on, and on no others', async () => {
  const named = async (object: string) => {
    const { html } = await read(`/lightning/r/${object}/001000000000001AAA/view`);
    return [...html.matchAll(/data-component="(\w+)"/g)].map(([, name]) => name);
  };
  expect(await named('Opportunity')).toEqual(['anotherAlert']);
  expect(await named('Account')).toEqual(['upflowAccountPanel']);
});

test('a list view of the package has its columns, filters and name', async () => {
  await org.seed([
    { Name: 'Very late', Overdue_Amount__c: 101 },
    { Name: 'Hardly late', Overdue_Amount__c: 100 },
    { Name: 'Not late', Type: 'Other' },
  ]);
  const { html } = await read('/lightning/o/Account/list?filterName=Late');
  expect(html).toContain('aria-current="page">Late payers</a>');
  expect([...html.matchAll(/<th scope="row"><a [^>]*>([^<]+)</g)].map(([, name]) => name)).toEqual([
    'Not late',
    'Very late',
  ]);
  expect([...html.matchAll(/<th scope="col"/g)]).toHaveLength(2);
});

test('a list view with a part that is not simulated is refused by that name', async () => {
  write(
    'objects/Opportunity/listViews/Odd.listView-meta.xml',
    '<ListView><fullName>Odd</fullName><columns>OPPORTUNITY.ODD</columns><filterScope>Everything</filterScope><label>Odd</label></ListView>',
  );
  const { status, html } = await read('/lightning/o/Opportunity/list');
  expect(status).toBe(400);
  expect(html).toContain('the column OPPORTUNITY.ODD is not supported');
});

test('a report that cannot be run is listed, and says why when it is opened', async () => {
  write(
    'reports/Upflow/Joined.report-meta.xml',
    '<Report><name>Joined blocks</name><format>MultiBlock</format><reportType>X__c</reportType></Report>',
  );
  expect((await read('/lightning/o/Report/home')).html).toContain('Joined blocks');
  const { status, html } = await read('/lightning/r/Report/Joined/view');
  expect(status).toBe(400);
  expect(html).toContain('MultiBlock is not supported');
});

test('a matrix report shows a figure for each pair of groups, then its rows', async () => {
  write(
    'reports/Upflow/Matrix.report-meta.xml',
    `<Report><columns><field>Account$Name</field></columns><columns><aggregateTypes>Sum</aggregateTypes><field>Account$Overdue_Amount__c</field></columns>
      <format>Matrix</format><groupingsAcross><field>Account$Owner</field><sortOrder>Asc</sortOrder></groupingsAcross>
      <groupingsDown><field>Account$Payer_Rating__c</field><sortOrder>Asc</sortOrder></groupingsDown>
      <name>Late by rating and owner</name><reportType>Accounts_with_Upflow_Collections__c</reportType></Report>`,
  );
  await org.seed([{ Name: 'C-rated', Overdue_Amount__c: 42, Payer_Rating__c: 'C' }]);
  const { status, html } = await read('/lightning/r/Report/Matrix/view');
  expect(status).toBe(200);
  const [, row = ''] = /<th scope="row" class="depth-0">C<\/th>(.*?)<\/tr>/s.exec(html) ?? [];
  expect([...row.matchAll(/\$[\d.]+/g)].map(([amount]) => amount)).toEqual(['$42.00', '$42.00']);
  expect(html).toContain('>C-rated</a>');
});

test('text of records and addresses cannot become part of a page', async () => {
  await org.seed([{ Name: '<script>alert(1)</script>' }]);
  const { html } = await read('/lightning/o/Account/list?q=%22%3E%3Cscript%3E&user=%22%3E');
  expect(html).not.toContain('"><script>');
  expect((await read('/lightning/o/Account/list?q=alert')).html).not.toContain('<script>alert');
});
