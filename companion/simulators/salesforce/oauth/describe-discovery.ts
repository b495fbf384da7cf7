import type { SimulatedOrg } from '../org/simulated-org.ts';
import { knownScopes } from './app.ts';

/** What GET /.well-known/openid-configuration answers. */
export function describeDiscovery(org: SimulatedOrg): object {
  const endpoint = (name: string): string => `${org.url}/services/oauth2/${name}`;
  return {
    end_session_endpoint: `${org.url}/services/auth/idp/oidc/logout`,
    frontchannel_logout_supported: true,
    frontchannel_logout_session_supported: false,
    issuer: org.url,
    authorization_endpoint: endpoint('authorize'),
    token_endpoint: endpoint('token'),
    revocation_endpoint: endpoint('revoke'),
    userinfo_endpoint: endpoint('userinfo'),
    jwks_uri: `${org.url}/id/keys`,
    registration_endpoint: endpoint('register'),
    introspection_endpoint: endpoint('introspect'),
    scopes_supported: knownScopes,
    response_types_supported: ['code', 'token', 'token id_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    display_values_supported: ['page', 'popup', 'touch'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic', 'private_key_jwt'],
    claims_supported: claims,
  };
}

const claims = [
  'active',
  'address',
  'email',
  'email_verified',
  'family_name',
  'given_name',
  'is_app_installed',
  'language',
  'locale',
  'name',
  'nickname',
  'organization_id',
  'phone_number',
  'phone_number_verified',
  'photos',
  'picture',
  'preferred_username',
  'profile',
  'sub',
  'updated_at',
  'urls',
  'user_id',
  'user_type',
  'zoneinfo',
];
