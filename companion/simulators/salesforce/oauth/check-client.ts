import { timingSafeEqual } from 'node:crypto';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { App } from './app.ts';
import { findAppTrouble } from './app-access.ts';
import { OAuthRefusal, type OAuthRequest } from './oauth-request.ts';

interface ClientCredentials {
  id: string | null;
  secret: string | null;
}

/** Reads the client's credentials from the form or from a Basic header, as both are allowed. */
function readClient({ form, authorization }: OAuthRequest): ClientCredentials {
  const basic = /^Basic\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  if (basic === undefined) return { id: form.get('client_id'), secret: form.get('client_secret') };
  const [id = '', ...rest] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  return { id: decode(id), secret: decode(rest.join(':')) };
}

/** The app that a client says it is, once it has proved it and may be used here. */
export function requireClient(
  org: SimulatedOrg,
  request: OAuthRequest,
  needsSecret: (app: App) => boolean,
): App {
  const { id, secret } = readClient(request);
  const app = org.apps.find(id);
  if (app === null) throw new OAuthRefusal('invalid_client_id', 'client identifier invalid');
  checkSecret(app, secret ?? '', needsSecret(app));
  const trouble = findAppTrouble(app);
  if (trouble !== null) throw OAuthRefusal.of(trouble);
  return app;
}

/** A secret that is given must be right even where none is needed. A public client with PKCE must send none. */
function checkSecret(app: App, secret: string, isNeeded: boolean): void {
  const isRight =
    app.clientSecret === null
      ? secret === '' || !app.pkceRequired
      : (secret === '' && !isNeeded) || isEqual(secret, app.clientSecret);
  if (!isRight) throw new OAuthRefusal('invalid_client', 'invalid client credentials');
}

function isEqual(given: string, wanted: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(wanted)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
