import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { Answer } from '../http/send-answer.ts';
import { refuse } from './oauth-answers.ts';

export interface ClientCredentials {
  id: string | null;
  secret: string | null;
}

/** Reads the client's credentials from the form or from a Basic header, as both are allowed. */
export function readClient(form: URLSearchParams, authorization: string | undefined): ClientCredentials {
  const basic = /^Basic\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  if (basic === undefined) return { id: form.get('client_id'), secret: form.get('client_secret') };
  const [id = '', ...rest] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  return { id: decodeURIComponent(id), secret: decodeURIComponent(rest.join(':')) };
}

/** Says what is wrong with a client, or null. A secret that is given must be right even where none is needed. */
export function checkClient(
  org: SimulatedOrg,
  client: ClientCredentials,
  needsSecret: boolean,
): Answer | null {
  if (client.id !== org.identity.clientId) return refuse('invalid_client_id', 'client identifier invalid');
  const missing = client.secret === null || client.secret === '';
  if (missing && !needsSecret) return null;
  if (client.secret === org.identity.clientSecret) return null;
  return refuse('invalid_client', 'invalid client credentials');
}
