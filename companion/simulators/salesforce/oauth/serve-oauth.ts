import { Router, type Request, type Response } from 'express';
import { readBearerToken } from '../http/read-bearer-token.ts';
import { sendAnswer, type Answer } from '../http/send-answer.ts';
import { readApiRequest } from '../http/api-request.ts';
import { normalizeId } from '../org/salesforce-ids.ts';
import type { UserName } from '../org/sample-users.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { describeDiscovery, describeIdentity, describeUserInfo } from './describe-identity.ts';
import { introspectToken } from './introspect-token.ts';
import { issueToken } from './issue-token.ts';

type FormHandler = (org: SimulatedOrg, form: URLSearchParams, authorization: string | undefined) => Answer;

/** Sign-in and identity. None of these calls counts as an API call. */
export function serveOAuth(org: SimulatedOrg): Router {
  const router = Router();
  const form =
    (handler: FormHandler) =>
    (req: Request, res: Response): Promise<void> =>
      sendAnswer(res, handler(org, new URLSearchParams(readApiRequest(req).body), req.headers.authorization));
  router.post('/services/oauth2/token', form(issueToken));
  router.post('/services/oauth2/introspect', form(introspectToken));
  router.post('/services/oauth2/revoke', form(revokeToken));
  router.get('/services/oauth2/userinfo', (req, res) =>
    sendAnswer(
      res,
      forUser(org, req, (user) => describeUserInfo(org, user)),
    ),
  );
  router.get('/id/:organization/:user', (req, res) => sendAnswer(res, answerIdentity(org, req)));
  router.get('/.well-known/openid-configuration', (_req, res) =>
    sendAnswer(res, { status: 200, body: describeDiscovery(org) }),
  );
  return router;
}

function revokeToken(org: SimulatedOrg, form: URLSearchParams): Answer {
  const known = org.sessions.revoke(form.get('token') ?? '');
  // Clients parse the errors of this endpoint as a form, unlike those of all others.
  if (!known) {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded;charset=UTF-8' };
    return {
      status: 400,
      headers,
      body: 'error=unsupported_token_type&error_description=this+token+type+is+not+supported',
    };
  }
  return { status: 200 };
}

function answerIdentity(org: SimulatedOrg, req: Request): Answer {
  return forUser(org, req, (user) => {
    const named = normalizeId(segment(req, 'user'));
    const sameOrg = normalizeId(segment(req, 'organization')) === org.identity.organizationId;
    if (!sameOrg || named !== org.users[user].id) return null;
    return describeIdentity(org, user, readApiRequest(req).query.get('version'));
  });
}

/** Identity answers failures as plain text, unlike the data API. */
function forUser(org: SimulatedOrg, req: Request, describe: (user: UserName) => object | null): Answer {
  const token = readBearerToken(req.headers.authorization) ?? readApiRequest(req).query.get('oauth_token');
  if (token === null) return { status: 403, body: 'Missing_OAuth_Token' };
  const user = org.sessions.findUser(token);
  if (user === null) return { status: 403, body: 'Bad_OAuth_Token' };
  const body = describe(user);
  return body === null ? { status: 403, body: 'Wrong_Org' } : { status: 200, body };
}

function segment(req: Request, name: string): string {
  return [req.params[name] ?? ''].flat().join('/');
}
