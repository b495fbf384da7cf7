import { createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { decodeJwt, errors, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Answer } from '../http/send-answer.ts';
import type { UserName } from '../org/sample-users.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { App } from './app.ts';
import { findAppTrouble, isPermitted, notAdminApproved } from './app-access.ts';
import { apiScopes } from './exchange-credentials.ts';
import { requireNewAssertion } from './assertion-ids.ts';
import { isSandbox, myDomainHost } from './hosts.ts';
import { describeTokens } from './oauth-answers.ts';
import { OAuthRefusal, type OAuthRequest } from './oauth-request.ts';
import { findUsername, requireOwnHost, requireSignIn } from './require-sign-in.ts';

const invalidAssertion = 'invalid assertion';
const notApproved = "user hasn't approved this consumer";

const claimsShape = z.object({
  iss: z.string().optional(),
  sub: z.string().optional(),
  aud: z.union([z.string(), z.array(z.string())]).optional(),
  exp: z.number().optional(),
  nbf: z.number().optional(),
  jti: z.string().optional(),
});

type Claims = z.infer<typeof claimsShape>;

/** The JWT bearer flow: a session for a user who approved the app before, or for whom the admin did. */
export async function exchangeAssertion(org: SimulatedOrg, request: OAuthRequest): Promise<Answer> {
  const assertion = request.form.get('assertion') ?? '';
  const claims = readClaims(assertion);
  const app = requireIssuer(org, claims);
  await verifySignature(app, assertion);
  checkAudience(org, claims);
  checkTime(org, claims);
  requireOwnHost(org, request, notApproved);
  const user = findUsername(org, claims.sub ?? '');
  if (user === null) throw OAuthRefusal.grant(notApproved);
  const scope = requireApproval(org, app, user);
  requireSignIn(org, app, user);
  if (claims.jti !== undefined) requireNewAssertion(org, app, { id: claims.jti, endsAt: claims.exp ?? 0 });
  const grant = { user, clientId: app.clientId, scope, withRefresh: false, approved: false };
  return describeTokens(org, app, org.sessions.grant(grant));
}

function readClaims(assertion: string): Claims {
  try {
    return claimsShape.parse(decodeJwt(assertion));
  } catch {
    throw OAuthRefusal.grant(invalidAssertion);
  }
}

function requireIssuer(org: SimulatedOrg, claims: Claims): App {
  const app = org.apps.find(claims.iss ?? null);
  if (app === null) throw new OAuthRefusal('invalid_client_id', 'client identifier invalid');
  const trouble = findAppTrouble(app);
  if (trouble !== null) throw OAuthRefusal.of(trouble);
  return app;
}

/** The times are looked at later: only the signature has to hold here. */
async function verifySignature(app: App, assertion: string): Promise<void> {
  if (app.publicKey === null) throw OAuthRefusal.grant(invalidAssertion);
  try {
    const anyTime = { currentDate: new Date(0), clockTolerance: Number.MAX_SAFE_INTEGER };
    await jwtVerify(assertion, readPublicKey(app.publicKey), { algorithms: ['RS256'], ...anyTime });
  } catch (error) {
    if (error instanceof errors.JOSEError) throw OAuthRefusal.grant(invalidAssertion);
    throw error;
  }
}

/** Reads a certificate or a bare public key. */
export function readPublicKey(pem: string): KeyObject {
  return pem.includes('CERTIFICATE') ? new X509Certificate(pem).publicKey : createPublicKey(pem);
}

function checkAudience(org: SimulatedOrg, { aud = [] }: Claims): void {
  const login = isSandbox(org) ? 'https://test.salesforce.com' : 'https://login.salesforce.com';
  const own = [login, `https://${myDomainHost(org)}`, org.url];
  const given = [aud].flat().map((audience) => audience.replace(/\/(services\/oauth2\/token)?$/, ''));
  if (!given.some((audience) => own.includes(audience))) throw OAuthRefusal.grant(org.settings.audienceError);
}

/** An assertion that is over is told in words that belong to another flow, as Salesforce does. */
function checkTime(org: SimulatedOrg, { exp, nbf = 0 }: Claims): void {
  if (exp === undefined || nbf * 1000 > org.clock.now()) throw OAuthRefusal.grant(invalidAssertion);
  if (exp * 1000 <= org.clock.now()) throw OAuthRefusal.grant('expired authorization code');
}

/** What the user approved before, in a flow that gave a refresh token, or what the admin did for the user. */
function requireApproval(org: SimulatedOrg, app: App, user: UserName): string {
  if (!isPermitted(app, user)) throw OAuthRefusal.of(notAdminApproved);
  if (app.permittedUsers === 'adminApproved') return apiScopes(app);
  const approval = org.sessions.approvals(user, app.clientId).at(-1);
  if (approval === undefined) throw OAuthRefusal.grant(notApproved);
  return approval.scope;
}
