// Serves Accounts to bench-match.ts as Salesforce's query and Bulk API 2.0 would, as fast as they can be sent.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeAccount } from './make-sides.ts';

const ROWS_PER_CHUNK = 1000;

const count = Number(process.env.BENCH_CUSTOMERS);
const server = createServer((req, res) => {
  const url = new URL(req.url ?? '/', 'http://localhost');
  const json = (body: unknown) => {
    res.writeHead(200, { 'content-type': 'application/json;charset=UTF-8' }).end(JSON.stringify(body));
  };
  if (url.pathname.endsWith('/results')) return void sendPage(url.searchParams);
  if (req.method === 'DELETE') return void res.writeHead(204).end();
  if (url.pathname.includes('/jobs/query')) return json({ id: '750000000000001AAA', state: 'JobComplete' });
  return json({ totalSize: count, done: false, nextRecordsUrl: '/services/data/v66.0/query/1', records: [] });

  async function sendPage(parameters: URLSearchParams): Promise<void> {
    const first = Number(parameters.get('locator') ?? 0);
    const end = Math.min(count, first + Number(parameters.get('maxRecords')));
    res.writeHead(200, {
      'content-type': 'text/csv',
      'sforce-numberofrecords': String(end - first),
      'sforce-locator': end < count ? String(end) : 'null',
    });
    res.write('"Id","Name","ERP_Code__c"\n');
    for (let start = first; start < end; start += ROWS_PER_CHUNK) {
      let chunk = '';
      for (let index = start; index < Math.min(end, start + ROWS_PER_CHUNK); index++) {
        const [id, name, value] = makeAccount(index, count);
        chunk += withName ? `"${id}","${name}","${value}"\n` : `"${id}","${value}"\n`;
      }
      if (!res.write(chunk)) await new Promise((resolve) => res.once('drain', resolve));
    }
    res.end();
  }
});
let withName = true;
process.on('message', (message: { withName: boolean }) => ({ withName } = message));
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit());
