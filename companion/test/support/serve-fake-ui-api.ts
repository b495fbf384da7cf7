import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import { createLightningPages } from '../../simulators/salesforce/page/create-lightning-pages.ts';

const PROJECT_FOLDER = join(import.meta.dirname, '../../..');

/** Built components are kept under the hash of their sources, so tests can share them without sharing anything else. */
export const bundleOptions = {
  packageDirectory: join(PROJECT_FOLDER, 'force-app'),
  cacheDirectory: join(PROJECT_FOLDER, '.cache/lightning'),
};

type Values = Record<string, string | number | null>;

export interface FakeUiApi {
  origin: string;
  /** What the user may see of the record, by the API's field names; a field that is left out is hidden. */
  values: Values;
  /** Answered in place of the record while it is set. */
  failure: { status: number; message: string } | undefined;
  /** How often the record was asked for. */
  requests: number;
  close(): Promise<void>;
}

const STANDARD_FIELDS: Values = { Name: 'Edge Communications', Phone: '(512) 757-6000' };

/** The Lightning pages on a free port, over an API that holds one record in whatever state a test wants. */
export async function serveFakeUiApi(values: Values = {}): Promise<FakeUiApi> {
  const app = express();
  app.use(
    createLightningPages({ ...bundleOptions, openSession: (user) => ({ accessToken: `token-of-${user}` }) }),
  );
  app.get('/services/data/v66.0/ui-api/records/:id', (request, response) => {
    fake.requests += 1;
    if (request.headers.authorization !== 'Bearer token-of-rep') {
      response.status(401).json([{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }]);
      return;
    }
    if (fake.failure) {
      response.status(fake.failure.status).json([{ errorCode: 'FAILED', message: fake.failure.message }]);
      return;
    }
    const { optionalFields } = request.query;
    const asked = typeof optionalFields === 'string' ? optionalFields.split(',') : [];
    const visible = Object.entries({ ...STANDARD_FIELDS, ...fake.values }).filter(([name]) =>
      asked.includes(`Account.${name}`),
    );
    const fields = Object.fromEntries(visible.map(([name, value]) => [name, { displayValue: null, value }]));
    response.json({ apiName: 'Account', id: request.params.id, fields });
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A test that fails before it closes this must not keep the test run alive.
  server.unref();
  const fake: FakeUiApi = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    values,
    failure: undefined,
    requests: 0,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return fake;
}
