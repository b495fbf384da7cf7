import { expect, test } from '@jest/globals';
import { serveApi } from '../../simulators/upflow/api/serve-api.ts';
import { serveControls } from '../../simulators/upflow/serve-controls.ts';
import { defaultSettings } from '../../simulators/upflow/settings.ts';
import { UpflowOrganization } from '../../simulators/upflow/upflow-organization.ts';
import { listRoutes } from './list-routes.ts';
import { readCode, readPage, readRows } from './markdown-tables.ts';

const page = readPage('simulator.md');
const calls = readRows(page, 'call');

test('the page of the simulators names every call of the simulated Upflow, and no other', () => {
  const organization = new UpflowOrganization(undefined, { apiKey: 'a', apiSecret: 'b' });
  const documented = calls.flatMap((row) => readCode(row.call)).map((call) => call.replace(/\?.*/, ''));
  const routes = [
    ...listRoutes(serveControls(organization), '/_simulator'),
    ...listRoutes(serveApi(organization), '/v1'),
  ];
  expect(documented.sort()).toEqual(routes.sort());
});

test('the page of the simulators names every setting of the simulated Upflow', () => {
  const [row] = calls.filter(({ call }) => call === '`PUT /_simulator/settings`');
  const documented = [...(row?.body ?? '').matchAll(/"(\w+)"/g)].map(([, name]) => name);
  expect(documented.sort()).toEqual(Object.keys(defaultSettings).sort());
});
