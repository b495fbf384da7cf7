import type { UserName } from '../org/sample-users.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { NEWEST_API_VERSION } from '../http/api-versions.ts';
import { identityUrl } from './oauth-answers.ts';

const resources = {
  rest: '/services/data/v{version}/',
  sobjects: '/services/data/v{version}/sobjects/',
  search: '/services/data/v{version}/search/',
  query: '/services/data/v{version}/query/',
  recent: '/services/data/v{version}/recent/',
};

/** What GET /id/<org>/<user> answers. Without a `version` the addresses keep their literal placeholder. */
export function describeIdentity(org: SimulatedOrg, name: UserName, version: string | null): object {
  const user = org.users[name];
  const number = version === 'latest' ? `${NEWEST_API_VERSION}.0` : (version ?? '{version}');
  const urls = Object.fromEntries(
    Object.entries({ ...resources, profile: `/${user.id}`, custom_domain: '' }).map(([key, path]) => [
      key,
      org.url + path.replace('{version}', number),
    ]),
  );
  return {
    id: identityUrl(org, name),
    asserted_user: true,
    user_id: user.id,
    organization_id: org.identity.organizationId,
    username: user.username,
    nick_name: user.username.split('@')[0],
    display_name: `${user.firstName} ${user.lastName}`,
    email: user.email,
    email_verified: true,
    first_name: user.firstName,
    last_name: user.lastName,
    timezone: 'America/New_York',
    photos: { picture: `${org.url}/profilephoto/005/F`, thumbnail: `${org.url}/profilephoto/005/T` },
    addr_street: null,
    addr_city: null,
    addr_state: null,
    addr_country: 'US',
    addr_zip: null,
    mobile_phone: null,
    mobile_phone_verified: false,
    is_lightning_login_user: false,
    status: { created_date: null, body: null },
    urls,
    active: true,
    user_type: 'STANDARD',
    language: 'en_US',
    locale: 'en_US',
    utcOffset: -18_000_000,
    last_modified_date: '2024-03-04T09:30:00Z',
    is_app_installed: true,
  };
}

/** What GET /services/oauth2/userinfo answers: the same person in OpenID Connect's words. */
export function describeUserInfo(org: SimulatedOrg, name: UserName): object {
  const user = org.users[name];
  return {
    sub: identityUrl(org, name),
    user_id: user.id,
    organization_id: org.identity.organizationId,
    preferred_username: user.username,
    nickname: user.username.split('@')[0],
    name: `${user.firstName} ${user.lastName}`,
    email: user.email,
    email_verified: true,
    given_name: user.firstName,
    family_name: user.lastName,
    zoneinfo: 'America/New_York',
    active: true,
    user_type: 'STANDARD',
    language: 'en_US',
    locale: 'en_US',
  };
}

/** What GET /.well-known/openid-configuration answers. */
export function describeDiscovery(org: SimulatedOrg): object {
  const endpoint = (name: string): string => `${org.url}/services/oauth2/${name}`;
  return {
    issuer: org.url,
    authorization_endpoint: endpoint('authorize'),
    token_endpoint: endpoint('token'),
    revocation_endpoint: endpoint('revoke'),
    userinfo_endpoint: endpoint('userinfo'),
    introspection_endpoint: endpoint('introspect'),
    jwks_uri: `${org.url}/id/keys`,
    scopes_supported: ['api', 'refresh_token', 'offline_access', 'openid', 'id'],
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic', 'private_key_jwt'],
  };
}
