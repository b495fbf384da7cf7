import { nameOf, readPerson } from '../org/read-person.ts';
import type { UserName } from '../org/sample-users.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { NEWEST_API_VERSION } from '../http/api-versions.ts';
import { identityUrl } from './oauth-answers.ts';

const soap = '/services/Soap/';
const rest = '/services/data/v{version}/';

/** The addresses of the APIs, as both identity answers list them. */
function listUrls(org: SimulatedOrg, name: UserName, version: string | null): Record<string, string> {
  const number = version === 'latest' ? `${NEWEST_API_VERSION}.0` : (version ?? '{version}');
  const { organizationId } = org.identity;
  const paths = {
    enterprise: `${soap}c/{version}/${organizationId.slice(0, 15)}`,
    metadata: `${soap}m/{version}/${organizationId.slice(0, 15)}`,
    partner: `${soap}u/{version}/${organizationId.slice(0, 15)}`,
    rest,
    sobjects: `${rest}sobjects/`,
    search: `${rest}search/`,
    query: `${rest}query/`,
    recent: `${rest}recent/`,
    tooling_soap: `${soap}T/{version}/${organizationId.slice(0, 15)}`,
    tooling_rest: `${rest}tooling/`,
    profile: `/${org.users[name].id}`,
    feeds: `${rest}chatter/feeds`,
    groups: `${rest}chatter/groups`,
    users: `${rest}chatter/users`,
    feed_items: `${rest}chatter/feed-items`,
    feed_elements: `${rest}chatter/feed-elements`,
    custom_domain: '',
  };
  const filled = Object.entries(paths).map(([key, path]) => [
    key,
    org.url + path.replace('{version}', number),
  ]);
  return Object.fromEntries(filled) as Record<string, string>;
}

function listPhotos(org: SimulatedOrg): { picture: string; thumbnail: string } {
  return { picture: `${org.url}/profilephoto/005/F`, thumbnail: `${org.url}/profilephoto/005/T` };
}

/** What GET /id/<org>/<user> answers. Without a `version` the addresses keep their literal placeholder. */
export function describeIdentity(org: SimulatedOrg, name: UserName, version: string | null): object {
  const user = readPerson(org, name);
  return {
    id: identityUrl(org, name),
    asserted_user: true,
    user_id: user.id,
    organization_id: org.identity.organizationId,
    username: user.username,
    nick_name: user.username.split('@')[0],
    display_name: nameOf(user),
    email: user.email,
    email_verified: true,
    first_name: user.firstName,
    last_name: user.lastName,
    timezone: 'America/New_York',
    photos: listPhotos(org),
    addr_street: null,
    addr_city: null,
    addr_state: null,
    addr_country: 'US',
    addr_zip: null,
    mobile_phone: null,
    mobile_phone_verified: false,
    is_lightning_login_user: false,
    status: { created_date: null, body: null },
    urls: listUrls(org, name, version),
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
  const user = readPerson(org, name);
  return {
    sub: identityUrl(org, name),
    user_id: user.id,
    organization_id: org.identity.organizationId,
    preferred_username: user.username,
    nickname: user.username.split('@')[0],
    name: nameOf(user),
    email: user.email,
    email_verified: true,
    given_name: user.firstName,
    family_name: user.lastName,
    zoneinfo: 'America/New_York',
    photos: listPhotos(org),
    profile: `${org.url}/${user.id}`,
    picture: listPhotos(org).picture,
    address: { country: 'US' },
    urls: listUrls(org, name, null),
    active: true,
    user_type: 'STANDARD',
    language: 'en_US',
    locale: 'en_US',
    utcOffset: -18_000_000,
    updated_at: '2024-03-04T09:30:00Z',
    is_app_installed: true,
  };
}
