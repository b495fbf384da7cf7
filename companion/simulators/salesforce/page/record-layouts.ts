import type { TabLabel } from './render-application.ts';

type LayoutField = readonly [path: string, label: string];

/** What an admin would arrange in an org: the fields of an object's pages. Those a user may not see are left out. */
export interface RecordLayout {
  objectName: string;
  label: string;
  tab: TabLabel;
  icon: string;
  highlights: readonly LayoutField[];
  details: readonly LayoutField[];
  /** Columns of the lists that every org has. */
  listColumns: readonly string[];
}

const account: RecordLayout = {
  objectName: 'Account',
  label: 'Account',
  tab: 'Accounts',
  icon: 'standard:account',
  highlights: [
    ['Type', 'Type'],
    ['Phone', 'Phone'],
    ['Website', 'Website'],
    ['Owner.Name', 'Account Owner'],
    ['Industry', 'Industry'],
  ],
  details: [
    ['Owner.Name', 'Account Owner'],
    ['Rating', 'Rating'],
    ['Name', 'Account Name'],
    ['Phone', 'Phone'],
    ['Parent.Name', 'Parent Account'],
    ['Fax', 'Fax'],
    ['AccountNumber', 'Account Number'],
    ['Website', 'Website'],
    ['Type', 'Type'],
    ['Industry', 'Industry'],
    ['NumberOfEmployees', 'Employees'],
    ['AnnualRevenue', 'Annual Revenue'],
    ['BillingCity', 'Billing City'],
    ['BillingCountry', 'Billing Country'],
  ],
  listColumns: [
    ...['Name', 'Type', 'BillingCity', 'Outstanding_Amount__c', 'Overdue_Amount__c'],
    ...['Payer_Rating__c', 'Collection_Status__c', 'Owner'],
  ],
};

const opportunity: RecordLayout = {
  objectName: 'Opportunity',
  label: 'Opportunity',
  tab: 'Opportunities',
  icon: 'standard:opportunity',
  highlights: [
    ['Account.Name', 'Account Name'],
    ['Amount', 'Amount'],
    ['StageName', 'Stage'],
    ['CloseDate', 'Close Date'],
    ['Owner.Name', 'Opportunity Owner'],
  ],
  details: [
    ['Owner.Name', 'Opportunity Owner'],
    ['Amount', 'Amount'],
    ['Name', 'Opportunity Name'],
    ['CloseDate', 'Close Date'],
    ['Account.Name', 'Account Name'],
    ['StageName', 'Stage'],
    ['Type', 'Type'],
    ['Probability', 'Probability (%)'],
    ['LeadSource', 'Lead Source'],
    ['ExpectedRevenue', 'Expected Revenue'],
    ['NextStep', 'Next Step'],
    ['ForecastCategoryName', 'Forecast Category'],
    ['Description', 'Description'],
  ],
  listColumns: ['Name', 'Account', 'Amount', 'StageName', 'CloseDate', 'Owner'],
};

export const recordLayouts: readonly RecordLayout[] = [account, opportunity];
