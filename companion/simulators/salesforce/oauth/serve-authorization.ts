import { Router, text, type Request, type RequestHandler } from 'express';
import { readApiRequest } from '../http/api-request.ts';
import { sendAnswer, type Answer } from '../http/send-answer.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import {
  authorizationPage,
  decideAuthorization,
  errorPage,
  loginPage,
  showAuthorization,
  startAuthorization,
} from './authorize.ts';
import { readHost } from './hosts.ts';
import { logIn, showLogin } from './log-in.ts';
import { renderErrorPage } from './pages/render-error-page.ts';
import { showPage } from './pages/show-page.ts';

/** The pages of the web-server flow: plain forms, so that a test can walk them without a browser. */
export function serveAuthorization(org: SimulatedOrg): Router {
  const router = Router();
  const page =
    (show: (query: URLSearchParams, req: Request) => Answer): RequestHandler =>
    (req, res) =>
      sendAnswer(res, show(readApiRequest(req).query, req));
  const form = (submit: (form: URLSearchParams, req: Request) => Answer): RequestHandler[] => [
    text({ type: () => true }),
    (req, res) => sendAnswer(res, submit(new URLSearchParams(readApiRequest(req).body), req)),
  ];
  router.get(
    '/services/oauth2/authorize',
    page((query, req) => startAuthorization(org, query, req.headers.cookie)),
  );
  router.post(
    '/services/oauth2/authorize',
    form((query, req) => startAuthorization(org, query, req.headers.cookie)),
  );
  router.get(
    loginPage,
    page((query) => showLogin(org, query)),
  );
  router.post(
    loginPage,
    form((fields, req) => logIn(org, fields, readHost(org, req.headers.host))),
  );
  router.get(
    authorizationPage,
    page((query, req) => showAuthorization(org, query.get('source') ?? '', req.headers.cookie)),
  );
  router.post(
    authorizationPage,
    form((fields, req) => decideAuthorization(org, fields, req.headers.cookie)),
  );
  router.get(
    errorPage,
    page((query) => showPage(renderErrorPage(query))),
  );
  return router;
}
