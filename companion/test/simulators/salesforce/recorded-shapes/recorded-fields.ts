import { platform, written, type RecordedField } from './recorded-field.ts';
import { opportunityFields } from './recorded-opportunity-fields.ts';

const account: RecordedField[] = [
  ['MasterRecordId', 'reference', 18, 18, 0, 0, 0, platform],
  ['Type', 'picklist', 255, 765, 0, 0, 0, written],
  ['ParentId', 'reference', 18, 18, 0, 0, 0, `${written} searchPrefilterable`],
  ['BillingStreet', 'textarea', 255, 765, 0, 0, 0, written],
  ['BillingCity', 'string', 40, 120, 0, 0, 0, written],
  ['BillingState', 'string', 80, 240, 0, 0, 0, written],
  ['Fax', 'phone', 40, 120, 0, 0, 0, written],
  ['AccountNumber', 'string', 40, 120, 0, 0, 0, written],
  ['Website', 'url', 255, 765, 0, 0, 0, written],
  ['PhotoUrl', 'url', 255, 765, 0, 0, 0, platform],
  ['Sic', 'string', 20, 60, 0, 0, 0, written],
  ['Industry', 'picklist', 255, 765, 0, 0, 0, written],
  ['AnnualRevenue', 'currency', 0, 0, 18, 0, 0, 'aggregatable createable nillable permissionable updateable'],
  ['NumberOfEmployees', 'int', 0, 0, 0, 0, 8, written],
  ['Ownership', 'picklist', 255, 765, 0, 0, 0, written],
  ['TickerSymbol', 'string', 20, 60, 0, 0, 0, written],
  [
    'Description',
    'textarea',
    32_000,
    96_000,
    0,
    0,
    0,
    'createable nillable permissionable updateable unfilterable unsortable',
  ],
  ['Jigsaw', 'string', 20, 60, 0, 0, 0, written],
  ['JigsawCompanyId', 'string', 20, 60, 0, 0, 0, platform],
  ['CleanStatus', 'picklist', 40, 120, 0, 0, 0, `${written} restrictedPicklist`],
  ['AccountSource', 'picklist', 255, 765, 0, 0, 0, written],
  ['DunsNumber', 'string', 9, 27, 0, 0, 0, written],
];

const contact: RecordedField[] = [
  ['AssistantPhone', 'phone', 40, 120, 0, 0, 0, written],
  ['ReportsToId', 'reference', 18, 18, 0, 0, 0, `${written} searchPrefilterable`],
  ['Email', 'email', 80, 240, 0, 0, 0, `${written} idLookup`],
  ['Title', 'string', 128, 384, 0, 0, 0, written],
  ['Department', 'string', 80, 240, 0, 0, 0, written],
  ['AssistantName', 'string', 40, 120, 0, 0, 0, written],
  ['LeadSource', 'picklist', 255, 765, 0, 0, 0, written],
  ['EmailBouncedDate', 'datetime', 0, 0, 0, 0, 0, 'aggregatable createable nillable updateable'],
  ['IsEmailBounced', 'boolean', 0, 0, 0, 0, 0, 'defaultedOnCreate groupable'],
  ['PhotoUrl', 'url', 255, 765, 0, 0, 0, platform],
  ['Jigsaw', 'string', 20, 60, 0, 0, 0, written],
  ['JigsawContactId', 'string', 20, 60, 0, 0, 0, platform],
  ['CleanStatus', 'picklist', 40, 120, 0, 0, 0, `${written} restrictedPicklist`],
  [
    'IndividualId',
    'reference',
    18,
    18,
    0,
    0,
    0,
    'aggregatable createable groupable nillable searchPrefilterable updateable',
  ],
  ['DoNotCall', 'boolean', 0, 0, 0, 0, 0, 'createable defaultedOnCreate groupable permissionable updateable'],
];

const named = 'aggregatable createable groupable nillable updateable';

/** Account in an org with person accounts. */
const personAccount: RecordedField[] = [
  ['Name', 'string', 255, 765, 0, 0, 0, `${named} nameField`],
  ['LastName', 'string', 80, 240, 0, 0, 0, `${named} nameField`],
  ['FirstName', 'string', 40, 120, 0, 0, 0, `${named} nameField`],
  ['Salutation', 'picklist', 40, 120, 0, 0, 0, named],
  ['RecordTypeId', 'reference', 18, 18, 0, 0, 0, named],
  ['PersonContactId', 'reference', 18, 18, 0, 0, 0, `${platform} searchPrefilterable`],
  ['IsPersonAccount', 'boolean', 0, 0, 0, 0, 0, 'defaultedOnCreate groupable'],
  ['PersonMailingStreet', 'textarea', 255, 765, 0, 0, 0, written],
  ['PersonMailingPostalCode', 'string', 20, 60, 0, 0, 0, written],
  [
    'PersonMailingLatitude',
    'double',
    0,
    0,
    18,
    15,
    0,
    'aggregatable createable nillable permissionable updateable',
  ],
  ['PersonMailingGeocodeAccuracy', 'picklist', 40, 120, 0, 0, 0, `${written} restrictedPicklist`],
  ['PersonMailingAddress', 'address', 0, 0, 0, 0, 0, 'nillable permissionable queryByDistance unsortable'],
  ['PersonMobilePhone', 'phone', 40, 120, 0, 0, 0, written],
  ['PersonEmail', 'email', 80, 240, 0, 0, 0, written],
  ['PersonTitle', 'string', 80, 240, 0, 0, 0, written],
  ['PersonAssistantName', 'string', 40, 120, 0, 0, 0, written],
  ['PersonLeadSource', 'picklist', 255, 765, 0, 0, 0, written],
  ['PersonBirthdate', 'date', 0, 0, 0, 0, 0, written],
  [
    'PersonHasOptedOutOfEmail',
    'boolean',
    0,
    0,
    0,
    0,
    0,
    'createable defaultedOnCreate groupable permissionable updateable',
  ],
  ['PersonLastCURequestDate', 'datetime', 0, 0, 0, 0, 0, 'aggregatable nillable'],
  ['PersonEmailBouncedReason', 'string', 255, 765, 0, 0, 0, named],
  ['PersonIndividualId', 'reference', 18, 18, 0, 0, 0, named],
];

const cassettes = 'https://github.com/SFDO-Tooling/CumulusCI cumulusci/tests';

/** The recordings, with the settings that make the simulator the kind of org that was recorded. */
export const recordedObjects = [
  {
    object: 'Opportunity',
    kind: 'Opportunity',
    source: `${cassettes}/shared_cassettes/GET_sobjects_Opportunity_describe.yaml`,
    settings: {},
    fields: opportunityFields,
  },
  {
    object: 'Account',
    kind: 'Account',
    source: `${cassettes}/cassettes/GET_sobjects_Account_PersonAccount_describe.yaml`,
    settings: {},
    fields: account,
  },
  {
    object: 'Contact',
    kind: 'Contact',
    source: `${cassettes}/shared_cassettes/GET_sobjects_Contact_describe.yaml`,
    settings: {},
    fields: contact,
  },
  {
    object: 'Account',
    kind: 'Account with persons',
    source: `${cassettes}/cassettes/GET_sobjects_Account_PersonAccount_describe.yaml`,
    settings: { personAccounts: true },
    fields: personAccount,
  },
];
