// One route to measure, in a process of its own: `serve-route.ts bare|checked|stored`.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import { createApp } from '../../companion/src/app.ts';
import { readConfig } from '../../companion/src/config.ts';
import { provisionConnections } from '../../companion/src/connect/provision-connections.ts';
import { newSealingKey } from '../../companion/src/connect/seal.ts';
import { createPushStore, type AcceptedPush } from '../../companion/src/export/3-store.ts';
import { openLog } from '../../companion/src/open-log.ts';
import { openServices } from '../../companion/src/services.ts';
import { openDatabase, type Database } from '../../companion/src/store/open-database.ts';

const {
  BENCH_ROUTE: route,
  BENCH_SECRET: secret = '',
  DATABASE_URL: url,
  DATA_DIR: directory = '',
} = process.env;

const app = route === 'bare' ? bareRoute() : await companionRoute();
const server = createServer(app).listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
process.on('disconnect', () => process.exit(0));

/** The least that Express 5 can do with the same request. */
function bareRoute(): Express {
  return express().post('/v1/connections/:connectionId/pushes', (_req, res) => {
    res.status(202).json({ status: 'accepted' });
  });
}

/** The companion's own application; `checked` keeps nothing, `stored` answers when the push is on disk. */
async function companionRoute(): Promise<Express> {
  const database = await openDatabase(url === undefined ? { directory } : { url });
  const config = readConfig({ ...process.env, ENCRYPTION_KEYS: newSealingKey('bench') });
  const services = openServices({ config, database, kick: () => undefined, log: openLog('error') });
  await provisionConnections(database.db, services.sealer, [
    {
      id: 'bench',
      name: 'Bench',
      pushSecrets: [secret],
      apiTokens: [],
      salesforce: { origin: 'https://bench.my.salesforce.com', clientId: '', clientSecret: '' },
      identifier: { upflow: 'externalId', salesforce: 'AccountNumber' },
    },
  ]);
  const storePush = route === 'checked' ? () => Promise.resolve() : storeIn(database);
  return createApp({ services, storePush, isAcceptingWork: () => true });
}

function storeIn({ db, kind }: Database): (push: AcceptedPush) => Promise<void> {
  const store = createPushStore(db, { flights: kind === 'pglite' ? 1 : 2, onStored: () => undefined });
  return (push) => store.store(push);
}
