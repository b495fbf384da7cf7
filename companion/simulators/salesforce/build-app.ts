import express, { type Express } from 'express';
import { serveControlApi } from './control/serve-control-api.ts';
import { applyFaults } from './faults/apply-faults.ts';
import { answerError } from './http/answer-error.ts';
import { ApiError } from './http/api-error.ts';
import { collapseSlashes } from './http/collapse-slashes.ts';
import { limitHeaderSize } from './http/limit-header-size.ts';
import { readBytes } from './http/read-bytes.ts';
import { recordCalls } from './http/record-calls.ts';
import { redirectMoved } from './http/redirect-moved.ts';
import { serveOAuth } from './oauth/serve-oauth.ts';
import type { SimulatedOrg } from './org/simulated-org.ts';
import { serveDataApi } from './resources/serve-data-api.ts';
import { serveSoap } from './soap/serve-soap.ts';

const MAX_BODY = '50mb';
// Somewhat more than a job may be given, so that the refusal is the job's own.
const MAX_UPLOAD = '200mb';

/** Builds the org's web server. Control comes first, so that no fault can take control away. */
export function buildApp(org: SimulatedOrg, configure?: (app: Express, org: SimulatedOrg) => void): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(collapseSlashes);
  app.use('/_simulator', serveControlApi(org));
  app.use('/services', recordCalls(org));
  app.use(limitHeaderSize);
  app.use('/services/data/:version/jobs', readBytes(MAX_UPLOAD));
  // Bodies stay text: the parser's messages tell where in it the trouble is.
  app.use('/services', express.text({ type: () => true, limit: MAX_BODY }));
  app.use(redirectMoved(org), applyFaults(org));
  app.use(serveOAuth(org), serveSoap(org), serveDataApi(org));
  configure?.(app, org);
  app.use(() => {
    throw ApiError.notFound();
  });
  app.use(answerError);
  return app;
}
