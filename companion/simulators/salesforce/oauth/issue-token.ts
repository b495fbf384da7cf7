import type { Answer } from '../http/send-answer.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { exchangeAssertion } from './exchange-assertion.ts';
import { exchangeCode } from './exchange-code.ts';
import { exchangeClientCredentials, exchangePassword, exchangeRefreshToken } from './exchange-credentials.ts';
import { OAuthRefusal, type OAuthHandler, type OAuthRequest } from './oauth-request.ts';

/** The flows that the token endpoint knows, by `grant_type`. */
const grants = new Map<string, OAuthHandler>([
  ['authorization_code', exchangeCode],
  ['refresh_token', exchangeRefreshToken],
  ['client_credentials', exchangeClientCredentials],
  ['urn:ietf:params:oauth:grant-type:jwt-bearer', exchangeAssertion],
  ['password', exchangePassword],
]);

/** POST /services/oauth2/token */
export function issueToken(org: SimulatedOrg, request: OAuthRequest): Answer | Promise<Answer> {
  const grant = grants.get(request.form.get('grant_type') ?? '');
  if (grant === undefined) throw new OAuthRefusal('unsupported_grant_type', 'grant type not supported');
  return grant(org, request);
}
