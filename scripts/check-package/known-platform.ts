/** The standard fields that the package refers to, by object. A field that is not here is taken for a misspelling. */
export const standardFields: Readonly<Record<string, readonly string[]>> = {
  Account: [
    ...['Id', 'Name', 'Owner', 'OwnerId', 'Type', 'Industry', 'Rating', 'AccountNumber', 'Phone', 'Website'],
    ...['AnnualRevenue', 'NumberOfEmployees', 'Parent', 'AccountSource', 'BillingCity', 'BillingState'],
    ...['BillingCountry', 'BillingPostalCode', 'CreatedDate', 'CreatedBy', 'LastModifiedDate'],
    ...['LastModifiedBy', 'LastActivityDate', 'Description'],
  ],
  Opportunity: [
    ...[
      'Id',
      'Name',
      'Owner',
      'OwnerId',
      'AccountId',
      'StageName',
      'Amount',
      'CloseDate',
      'Probability',
      'Type',
    ],
    ...['IsClosed', 'IsWon', 'NextStep', 'CreatedDate', 'LastModifiedDate'],
  ],
  Contact: [],
};

/** The relationships from a record to those below it, as report types join them. */
export const childRelationships: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Account: { Opportunities: 'Opportunity', Contacts: 'Contact' },
};

/** How list views name the standard columns of Account. */
export const listViewColumns: ReadonlySet<string> = new Set([
  'ACCOUNT.NAME',
  'ACCOUNT.TYPE',
  'ACCOUNT.PHONE1',
  'ACCOUNT.LAST_UPDATE',
  'CORE.USERS.ALIAS',
]);

/** Components of the platform that pages are made of. */
export const platformComponents: ReadonlySet<string> = new Set([
  'flexipage:tab',
  'flexipage:tabset',
  'force:detailPanel',
  'force:highlightsPanel',
  'force:relatedListContainer',
]);

/** The regions of the platform's page templates. */
export const templateRegions: Readonly<Record<string, readonly string[]>> = {
  'flexipage:defaultAppHomeTemplate': ['main'],
  'flexipage:recordHomeTemplateDesktop': ['header', 'main', 'sidebar'],
};

/** Tabs of the platform that an app may hold. */
export const standardTabs: ReadonlySet<string> = new Set([
  'standard-Account',
  'standard-Dashboard',
  'standard-Opportunity',
  'standard-home',
  'standard-report',
]);
