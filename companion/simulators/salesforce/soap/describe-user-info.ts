import type { Caller } from '../http/api-call.ts';
import { nameOf, readPerson } from '../org/read-person.ts';
import { corporateCurrency } from '../schema/currency-rates.ts';

const ATTACHMENT_LIMIT = 5_242_880;
const SECONDS_IN_MINUTE = 60;

/** What getUserInfo answers: who the session belongs to. */
export function describeUserInfo({ org, user }: Caller): object {
  const person = readPerson(org, user);
  const { ProfileId, UserRoleId } = org.store.get('User', person.id) ?? {};
  const organization = org.store.get('Organization', org.identity.organizationId);
  return {
    accessibilityMode: false,
    chatterExternal: false,
    currencySymbol: org.settings.multiCurrency ? null : '$',
    orgAttachmentFileSizeLimit: ATTACHMENT_LIMIT,
    orgDefaultCurrencyIsoCode: org.settings.multiCurrency ? null : corporateCurrency,
    orgDefaultCurrencyLocale: 'en_US',
    orgDisallowHtmlAttachments: false,
    orgHasPersonAccounts: org.settings.personAccounts,
    organizationId: org.identity.organizationId,
    organizationMultiCurrency: org.settings.multiCurrency,
    organizationName: organization?.Name ?? null,
    profileId: ProfileId ?? null,
    roleId: UserRoleId ?? null,
    sessionSecondsValid: org.settings.sessionMinutes * SECONDS_IN_MINUTE,
    userDefaultCurrencyIsoCode: org.settings.multiCurrency ? corporateCurrency : null,
    userEmail: person.email,
    userFullName: nameOf(person),
    userId: person.id,
    userLanguage: 'en_US',
    userLocale: 'en_US',
    userName: person.username,
    userTimeZone: 'America/New_York',
    userType: 'Standard',
    userUiSkin: 'Theme3',
  };
}
