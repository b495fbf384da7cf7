import type { Answer } from '../http/send-answer.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { checkClient, readClient, type ClientCredentials } from './check-client.ts';
import { describeTokens, refuse } from './oauth-answers.ts';

type Grant = (org: SimulatedOrg, form: URLSearchParams, client: ClientCredentials) => Answer;

/** The flows that the token endpoint knows, by `grant_type`. */
const grants = new Map<string, Grant>([
  ['client_credentials', runAsIntegrationUser],
  ['refresh_token', refreshSession],
]);

/** POST /services/oauth2/token */
export function issueToken(
  org: SimulatedOrg,
  form: URLSearchParams,
  authorization: string | undefined,
): Answer {
  const grant = grants.get(form.get('grant_type') ?? '');
  if (grant === undefined) return refuse('unsupported_grant_type', 'grant type not supported');
  return grant(org, form, readClient(form, authorization));
}

function runAsIntegrationUser(org: SimulatedOrg, _form: URLSearchParams, client: ClientCredentials): Answer {
  const wrong = checkClient(org, client, true);
  if (wrong !== null) return wrong;
  const accessToken = org.sessions.openAccessOnly('integration');
  return describeTokens(org, 'integration', { accessToken, scope: 'api' });
}

function refreshSession(org: SimulatedOrg, form: URLSearchParams, client: ClientCredentials): Answer {
  const wrong = checkClient(org, client, false);
  if (wrong !== null) return wrong;
  const outcome = org.sessions.refresh(form.get('refresh_token') ?? '');
  if (!outcome.ok) return refuse('invalid_grant', 'expired access/refresh token');
  const { accessToken, refreshToken } = outcome;
  return describeTokens(org, outcome.user, { accessToken, refreshToken, scope: 'refresh_token api' });
}
