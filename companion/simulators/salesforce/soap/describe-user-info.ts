import { corporateCurrency } from '../schema/currency-rates.ts';
import type { SoapCaller } from './soap-operations.ts';

const ATTACHMENT_LIMIT = 5_242_880;
const SECONDS_IN_MINUTE = 60;
const PROFILE_ID = '00e000000000001AAA';

/** What getUserInfo answers: who the session belongs to. */
export function describeUserInfo({ org, user }: SoapCaller): object {
  const { id, firstName, lastName, email, username } = org.users[user];
  const organization = org.store.get('Organization', org.identity.organizationId);
  return {
    accessibilityMode: false,
    chatterExternal: false,
    currencySymbol: org.settings.multiCurrency ? null : '$',
    orgAttachmentFileSizeLimit: ATTACHMENT_LIMIT,
    orgDefaultCurrencyIsoCode: org.settings.multiCurrency ? null : corporateCurrency,
    orgDefaultCurrencyLocale: 'en_US',
    orgDisallowHtmlAttachments: false,
    orgHasPersonAccounts: false,
    organizationId: org.identity.organizationId,
    organizationMultiCurrency: org.settings.multiCurrency,
    organizationName: organization?.Name ?? null,
    profileId: PROFILE_ID,
    roleId: null,
    sessionSecondsValid: org.settings.sessionMinutes * SECONDS_IN_MINUTE,
    userDefaultCurrencyIsoCode: org.settings.multiCurrency ? corporateCurrency : null,
    userEmail: email,
    userFullName: `${firstName} ${lastName}`,
    userId: id,
    userLanguage: 'en_US',
    userLocale: 'en_US',
    userName: username,
    userTimeZone: 'America/New_York',
    userType: 'Standard',
    userUiSkin: 'Theme3',
  };
}
