import express, { type Response } from 'express';
import { pino } from 'pino';
import { serveConsole } from '../../src/console/serve-console.ts';
import * as connections from './console/fake-connections.ts';
import * as exporting from './console/fake-export.ts';
import * as drifting from './console/fake-drift.ts';
import * as importing from './console/fake-import.ts';
import * as matching from './console/fake-matching.ts';
import * as watching from './console/fake-watching.ts';
import { listen } from './listen.ts';

interface Answer {
  status: number;
  body: unknown;
}

interface Call {
  method: string;
  /** With its query. */
  path: string;
  body: unknown;
  csrfToken: string | undefined;
}

export interface FakeConsole {
  url: string;
  /** Calls that change something, in their order. */
  writes: Call[];
  /** Answers so from now on: `GET /v1/connections/acme/mapping`, without the query. */
  answer: (call: string, body: unknown, status?: number) => void;
  /** Answers with a problem document. */
  refuse: (call: string, status: number, code: string, more?: object) => void;
  /** Sends a server-sent event to all who listen. */
  tell: (event: string, data: unknown) => void;
  /** Forgets what was answered otherwise and what was written. */
  reset: () => void;
  close: () => Promise<void>;
}

export const session = {
  name: 'Amina Okafor',
  role: 'admin',
  csrfToken: 'csrf-1',
  expiresAt: '2027-01-01T00:00:00.000Z',
};
const { acme, fresh, broken } = connections;
const rowsByKind: Record<string, readonly unknown[]> = matching.matchRows;
const EMPTY = { rows: [], next: null };

/** What a connection that is fully set up answers, by the rest of the address. */
const WHOLE: Record<string, unknown> = {
  'GET /salesforce/permissions': connections.permissions,
  'GET /salesforce/approvals': connections.approvals,
  'GET /salesforce/authorizations/auth1': connections.authorization,
  'GET /currency': connections.currency,
  'GET /identifier/options': matching.options,
  'GET /identifier/advice': matching.advice,
  'POST /identifier/previews': { id: 'p1' },
  'GET /identifier/previews/p1': matching.preview,
  'GET /links': matching.links,
  'GET /accounts': matching.accounts,
  'GET /mapping': exporting.mapping,
  'PUT /mapping': exporting.mapping,
  'GET /mapping/preview': exporting.mappingPreview,
  'GET /preflight': exporting.preflight,
  'GET /exports': exporting.exportRuns,
  'GET /sweep': connections.sweep,
  'GET /import-settings': importing.settings,
  'PUT /import-settings': importing.settings,
  'GET /import-fields': importing.fields,
  'GET /import-runs': importing.runs,
  'POST /import-runs': importing.running,
  'GET /import-runs/present': importing.present,
  'GET /drift-audits': drifting.audits,
  [`GET /drift-audits/${drifting.found.id}/rows`]: drifting.rows,
  'GET /erasures': drifting.erasures,
  'GET /budget': exporting.budget,
  'GET /pushes': watching.pushes,
  'GET /runs': watching.runs,
  'GET /failures': watching.failures,
  'GET /failures/FIELD_CUSTOM_VALIDATION_EXCEPTION': watching.failureRows,
  'GET /failures/UNABLE_TO_LOCK_ROW': watching.failureRows,
  'GET /customers': watching.customers,
  'GET /customers/c1': watching.story,
  'GET /health': watching.health,
  'GET /alerts': watching.alerts,
  'GET /alerts/history': watching.alertHistory,
  'GET /audit': watching.audit,
};

/** What one answers where nothing has been set up. */
const BARE: Record<string, unknown> = {
  ...WHOLE,
  'GET /salesforce/approvals': { limit: 5, rows: [] },
  'GET /identifier/advice': { state: 'running', rows: [], customersRead: 0, accountsRead: 0 },
  'GET /mapping': { values: [], customFields: [] },
  'GET /preflight': null,
  'GET /exports': { rows: [] },
  'GET /import-settings': {
    ...importing.settings,
    ...{ owners: false, contacts: false, filter: null, positions: null, fields: [] },
    imported: { contacts: 0, fields: 0, owners: 0, customers: 0 },
  },
  'GET /drift-audits': { schedule: 'daily', nextAt: null, ...EMPTY },
  'GET /erasures': EMPTY,
  'GET /import-runs': EMPTY,
  'GET /import-runs/present': { run: null, skipped: [], ...EMPTY },
  'GET /pushes': EMPTY,
  'GET /runs': EMPTY,
  'GET /failures': { rows: [] },
  'GET /customers': EMPTY,
  'GET /health': { ...watching.health, perMinute: [], schedule: [], backlog: 0, lagSeconds: null },
  'GET /alerts': { webhook: null, mail: null, failureThreshold: 10, failureWindowMinutes: 60 },
  'GET /alerts/history': EMPTY,
  'GET /audit': { ...EMPTY, chain: 'whole' },
};

function listAnswers(): Map<string, Answer> {
  const answers = new Map<string, Answer>();
  const put = (call: string, body: unknown, status = 200) => answers.set(call, { status, body });
  put('GET /v1/session', session);
  put('POST /v1/session/link', session);
  put('GET /v1/connections', { rows: [acme, fresh, broken] });
  put('POST /v1/connections', fresh, 201);
  put('GET /v1/audit', watching.audit);
  for (const connection of [acme, fresh, broken]) {
    const base = `/v1/connections/${connection.id}`;
    for (const call of ['GET', 'PATCH']) put(`${call} ${base}`, connection);
    for (const [call, body] of Object.entries(connection === fresh ? BARE : WHOLE))
      put(call.replace(' ', ` ${base}`), body);
    for (const call of [
      'PUT /upflow',
      'PUT /salesforce',
      'POST /salesforce/connect',
      'POST /pause',
      'POST /resume',
      'POST /disconnect',
      'POST /upflow/check',
      'POST /salesforce/switch-organization',
    ])
      put(call.replace(' ', ` ${base}`), connection);
    put(`POST ${base}/push-secrets`, { id: 'ps2', secret: 'whsec_bmV3LXNlY3JldA==' }, 201);
    put(`POST ${base}/api-tokens`, { id: 'at2', token: 'uft_new-token' }, 201);
    put(
      `POST ${base}/salesforce/authorizations`,
      {
        id: 'auth1',
        url: `/console/#/connections/${connection.id}/salesforce?authorization=auth1`,
        expiresAt: acme.stateSince,
      },
      201,
    );
    put(`POST ${base}/exports`, exporting.exportRuns.rows[0], 202);
    put(`POST ${base}/retries`, { customers: 2 }, 202);
    put(`POST ${base}/links/accept`, { linked: 52 });
    put(`PUT ${base}/identifier`, { identifier: acme.identifier, counts: matching.counts });
  }
  return answers;
}

/** The built console with an API beside it that answers from tables. */
export async function serveFakeConsoleApi(): Promise<FakeConsole> {
  let answers = listAnswers();
  const writes: Call[] = [];
  const listeners = new Set<Response>();
  const app = express();
  app.use(serveConsole({ log: pino({ level: 'silent' }) }));
  app.use(express.json());
  app.get('/v1/connections/:id/activity', (request, response) => {
    response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).flushHeaders();
    listeners.add(response);
    request.on('close', () => listeners.delete(response));
  });
  app.use((request, response) => {
    const { method, path, originalUrl } = request;
    if (method !== 'GET')
      writes.push({
        method,
        path: originalUrl,
        body: request.body as unknown,
        csrfToken: request.get('x-csrf-token'),
      });
    const kind = typeof request.query.kind === 'string' ? request.query.kind : 'matched';
    const found = answers.get(`${method} ${path}`);
    if (found) {
      const isProblem = found.status >= 400;
      response
        .status(found.status)
        .type(isProblem ? 'application/problem+json' : 'json')
        .send(JSON.stringify(found.body));
    } else if (path.endsWith('/matches') && method === 'GET') {
      const rows = path.includes('fresh') ? [] : (rowsByKind[kind] ?? []);
      response.json({ counts: matching.counts, rows, next: null, madeAt: acme.stateSince, state: 'done' });
    } else if (method === 'GET') {
      response
        .status(404)
        .type('application/problem+json')
        .send(
          JSON.stringify({
            type: 'urn:upflow-companion:problem:not-found',
            title: 'There is nothing here',
            status: 404,
            detail: path,
          }),
        );
    } else response.status(204).end();
  });
  const server = await listen(app);
  return {
    url: server.url,
    writes,
    answer: (call, body, status = 200) => void answers.set(call, { status, body }),
    refuse: (call, status, code, more = {}) =>
      void answers.set(call, {
        status,
        body: { type: `urn:upflow-companion:problem:${code}`, title: code, status, detail: code, ...more },
      }),
    tell: (event, data) => {
      for (const listener of listeners) listener.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    reset: () => {
      answers = listAnswers();
      writes.length = 0;
    },
    close: () => server.close(),
  };
}
