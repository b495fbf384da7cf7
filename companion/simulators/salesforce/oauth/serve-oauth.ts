import { Router, type Request, type RequestHandler } from 'express';
import { readApiRequest } from '../http/api-request.ts';
import { readBearerToken } from '../http/read-bearer-token.ts';
import { sendAnswer, type Answer } from '../http/send-answer.ts';
import { normalizeId } from '../org/salesforce-ids.ts';
import type { UserName } from '../org/sample-users.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { describeDiscovery } from './describe-discovery.ts';
import { describeIdentity, describeUserInfo } from './describe-identity.ts';
import { introspectToken } from './introspect-token.ts';
import { issueToken } from './issue-token.ts';
import { refuse } from './oauth-answers.ts';
import { OAuthRefusal, readOAuthRequest, type OAuthHandler, type OAuthRequest } from './oauth-request.ts';
import { findSession } from './require-session.ts';
import { serveAuthorization } from './serve-authorization.ts';
import { describeKeys } from './signing-key.ts';
import { answerSoapLogin } from './soap-login.ts';

/** Sign-in and identity. None of these calls counts as an API call. */
export function serveOAuth(org: SimulatedOrg): Router {
  const router = Router();
  const form =
    (handler: OAuthHandler): RequestHandler =>
    async (req, res) =>
      sendAnswer(res, await answerForm(org, handler, req));
  router.post('/services/oauth2/token', form(issueToken));
  router.post('/services/oauth2/introspect', form(introspectToken));
  router.all(['/services/oauth2/token', '/services/oauth2/introspect'], form(refuseMethod));
  router.all('/services/oauth2/revoke', form(revokeToken));
  router.all('/services/oauth2/userinfo', (req, res) =>
    sendAnswer(
      res,
      forUser(org, req, (user) => describeUserInfo(org, user)),
    ),
  );
  router.get('/id/keys', async (_req, res) =>
    sendAnswer(res, { status: 200, body: await describeKeys(org) }),
  );
  router.get('/id/:organization/:user', (req, res) => sendAnswer(res, answerIdentity(org, req)));
  router.get('/.well-known/openid-configuration', (_req, res) =>
    sendAnswer(res, { status: 200, body: describeDiscovery(org) }),
  );
  router.post('/services/Soap/:kind/:version', (req, res, next) => {
    const answer = answerSoapLogin(readApiRequest(req));
    if (answer === null) next();
    else return sendAnswer(res, answer);
  });
  router.use(serveAuthorization(org));
  return router;
}

async function answerForm(org: SimulatedOrg, handler: OAuthHandler, req: Request): Promise<Answer> {
  try {
    return await handler(org, readOAuthRequest(org, req));
  } catch (error) {
    if (error instanceof OAuthRefusal) return refuse(error);
    throw error;
  }
}

/** In an address the secrets that are sent here would be logged on their way. */
function refuseMethod(): never {
  throw new OAuthRefusal('invalid_request', 'must use HTTP POST');
}

/** POST or GET /services/oauth2/revoke */
function revokeToken(org: SimulatedOrg, { form }: OAuthRequest): Answer {
  if (org.sessions.revoke(form.get('token') ?? '')) return { status: 200 };
  // Clients parse the errors of this endpoint as a form, unlike those of all others.
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded;charset=UTF-8' };
  const body = 'error=unsupported_token_type&error_description=this+token+type+is+not+supported';
  return { status: 400, headers, body };
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
  const { form, authorization } = readOAuthRequest(org, req);
  const token = readBearerToken(authorization) ?? form.get('access_token') ?? form.get('oauth_token');
  if (token === null) return { status: 403, body: 'Missing_OAuth_Token' };
  const session = findSession(org, token);
  if (session === null) return { status: 403, body: 'Bad_OAuth_Token' };
  const body = describe(session.grant.user);
  return body === null ? { status: 403, body: 'Wrong_Org' } : { status: 200, body };
}

function segment(req: Request, name: string): string {
  return [req.params[name] ?? ''].flat().join('/');
}
