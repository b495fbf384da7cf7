import type { Reply, TestOrg } from '../open-simulator.ts';
import type { RecordedShape, Shape } from './shape.ts';

const platformRecordings =
  'https://github.com/api-evangelist/salesforce openapi (operations with a Date header)';
const restforceFixtures = 'https://github.com/restforce/restforce/tree/main/spec/fixtures';

async function readReply(response: Response): Promise<Reply> {
  return { status: response.status, headers: response.headers, body: await response.json() };
}

async function post({ simulator }: TestOrg, path: string, form: Record<string, string>): Promise<Reply> {
  const { clientId: client_id, clientSecret: client_secret, url } = simulator;
  const body = new URLSearchParams({ client_id, client_secret, ...form });
  return readReply(await fetch(`${url}/services/oauth2/${path}`, { method: 'POST', body }));
}

async function get({ simulator }: TestOrg, path: string): Promise<Reply> {
  const { accessToken, userId, organizationId } = simulator.org.openSession('rep');
  const address = path.replace('<id>', `/id/${organizationId}/${userId}`);
  const headers = { authorization: `Bearer ${accessToken}` };
  return readReply(await fetch(simulator.url + address, { headers }));
}

const address = /^http:\/\/127\.0\.0\.1:\d+\//;
const identityAddress = /\/id\/00D\w{15}\/005\w{15}$/;
const photos: Shape = { picture: address, thumbnail: address };

const urls: Shape = {
  enterprise: /\/services\/Soap\/c\/[^/]+\/00D\w{12}$/,
  metadata: /\/services\/Soap\/m\/[^/]+\/00D\w{12}$/,
  partner: /\/services\/Soap\/u\/[^/]+\/00D\w{12}$/,
  rest: address,
  sobjects: address,
  search: address,
  query: address,
  recent: address,
  tooling_soap: address,
  tooling_rest: address,
  profile: address,
  feeds: address,
  groups: address,
  users: address,
  feed_items: address,
  feed_elements: address,
  custom_domain: 'string',
};

/** Sign-in and identity. */
export const oauthShapes: RecordedShape[] = [
  {
    name: 'a refreshed token',
    source: `${restforceFixtures} (refresh_token_success_response.json), with the scope of later releases`,
    ask: (org) =>
      post(org, 'token', {
        grant_type: 'refresh_token',
        refresh_token: org.simulator.org.openSession().refreshToken,
      }),
    status: 200,
    body: {
      access_token: /^00D\w{12}![.\w]+$/,
      signature: 'string',
      scope: 'string',
      instance_url: 'string',
      id: identityAddress,
      token_type: /^Bearer$/,
      issued_at: /^\d{13}$/,
    },
  },
  {
    name: 'a refresh that is refused',
    source: `${restforceFixtures} (refresh_error_response.json)`,
    ask: (org) => post(org, 'token', { grant_type: 'refresh_token', refresh_token: 'x' }),
    status: 400,
    body: { error: /^invalid_grant$/, error_description: /^expired access\/refresh token$/ },
  },
  {
    name: 'an access token, introspected',
    source: platformRecordings,
    ask: (org) => post(org, 'introspect', { token: org.simulator.org.openSession().accessToken }),
    status: 200,
    body: {
      active: 'boolean',
      scope: 'string',
      client_id: 'string',
      username: 'string',
      sub: identityAddress,
      token_type: /^access_token$/,
      exp: 'number',
      iat: 'number',
      nbf: 'number',
    },
  },
  {
    name: 'an identity',
    source: platformRecordings,
    ask: (org) => get(org, '<id>?version=latest&format=json'),
    status: 200,
    body: {
      id: identityAddress,
      asserted_user: 'boolean',
      user_id: 'id',
      organization_id: 'id',
      username: 'string',
      nick_name: 'string',
      display_name: 'string',
      email: 'string',
      email_verified: 'boolean',
      first_name: 'string',
      last_name: 'string',
      timezone: 'string',
      photos,
      addr_street: 'string or null',
      addr_city: 'string or null',
      addr_state: 'string or null',
      addr_country: 'string or null',
      addr_zip: 'string or null',
      mobile_phone: 'string or null',
      mobile_phone_verified: 'boolean',
      is_lightning_login_user: 'boolean',
      status: { created_date: 'null', body: 'null' },
      urls,
      active: 'boolean',
      user_type: /^STANDARD$/,
      language: 'string',
      locale: 'string',
      utcOffset: 'number',
      last_modified_date: 'string',
      is_app_installed: 'boolean',
    },
  },
  {
    name: 'the discovery document',
    source:
      'https://github.com/api-evangelist/bigfoot-biomedical well-known/bigfoot-biomedical-openid-configuration.json',
    ask: (org) => get(org, '/.well-known/openid-configuration'),
    status: 200,
    body: {
      end_session_endpoint: /\/services\/auth\/idp\/oidc\/logout$/,
      frontchannel_logout_supported: 'boolean',
      frontchannel_logout_session_supported: 'boolean',
      issuer: 'string',
      authorization_endpoint: /\/services\/oauth2\/authorize$/,
      token_endpoint: /\/services\/oauth2\/token$/,
      revocation_endpoint: /\/services\/oauth2\/revoke$/,
      userinfo_endpoint: /\/services\/oauth2\/userinfo$/,
      jwks_uri: /\/id\/keys$/,
      registration_endpoint: /\/services\/oauth2\/register$/,
      introspection_endpoint: /\/services\/oauth2\/introspect$/,
      scopes_supported: ['string'],
      response_types_supported: ['string'],
      subject_types_supported: [/^public$/],
      id_token_signing_alg_values_supported: [/^RS256$/],
      display_values_supported: ['string'],
      token_endpoint_auth_methods_supported: [/^(client_secret_post|client_secret_basic|private_key_jwt)$/],
      claims_supported: ['string'],
    },
  },
];
