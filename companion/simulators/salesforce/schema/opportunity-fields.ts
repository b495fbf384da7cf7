import {
  auditFields,
  currencyField,
  identityFields,
  ownerField,
  recordTypeField,
  sourceField,
  text,
  viewedFields,
} from './common-fields.ts';
import { currencyCodes } from './currency-rates.ts';
import {
  defineField,
  defineLookup,
  defineSystemField,
  listValue,
  listValues,
  type FieldDefinition,
} from './field-definition.ts';
import { opportunityStages } from './opportunity-stages.ts';

const always = { nillable: false, permissionable: false };
const byPlatform = { writable: false, permissionable: false };
const unsearchable = { filterable: false };
const types = [
  'Existing Customer - Upgrade',
  'Existing Customer - Replacement',
  'Existing Customer - Downgrade',
  'New Customer',
];

/** Opportunity's standard fields, with the types and lengths that a recorded describe of a real org shows. */
export const opportunityFields: FieldDefinition[] = [
  ...identityFields('Opportunity'),
  defineLookup('AccountId', 'Account ID', 'Account', {
    indexed: true,
    childRelationshipName: 'Opportunities',
    onParentDeletion: 'cascade',
  }),
  recordTypeField(),
  defineField('IsPrivate', 'Private', 'boolean'),
  defineField('Name', 'Name', 'string', { ...always, length: 120, nameField: true, idLookup: true }),
  defineField('Description', 'Description', 'textarea', { length: 32_000 }),
  defineField('StageName', 'Stage', 'picklist', {
    ...always,
    picklist: listValues(...opportunityStages.map((stage) => stage.name)),
  }),
  defineField('Amount', 'Amount', 'currency', { scale: 2 }),
  defineField('Probability', 'Probability (%)', 'percent', { precision: 3, defaultedOnCreate: true }),
  defineField('ExpectedRevenue', 'Expected Amount', 'currency', { scale: 2, writable: false }),
  defineField('TotalOpportunityQuantity', 'Quantity', 'double', { precision: 18, scale: 2 }),
  defineField('CloseDate', 'Close Date', 'date', always),
  defineField('Type', 'Opportunity Type', 'picklist', { picklist: listValues(...types) }),
  text('NextStep', 'Next Step', 255),
  sourceField('LeadSource', 'Lead Source'),
  defineSystemField('IsClosed', 'Closed', 'boolean'),
  defineSystemField('IsWon', 'Won', 'boolean'),
  defineSystemField('ForecastCategory', 'Forecast Category', 'picklist', {
    length: 40,
    restrictedPicklist: true,
    defaultedOnCreate: false,
    picklist: [
      listValue('Omitted'),
      listValue('Pipeline'),
      listValue('BestCase', 'Best Case'),
      listValue('MostLikely', 'Most Likely'),
      listValue('Forecast', 'Commit'),
      listValue('Closed'),
    ],
  }),
  defineField('ForecastCategoryName', 'Forecast Category', 'picklist', {
    permissionable: false,
    restrictedPicklist: true,
    defaultedOnCreate: true,
    picklist: listValues('Omitted', 'Pipeline', 'Best Case', 'Commit', 'Closed'),
  }),
  currencyField(currencyCodes),
  defineLookup('CampaignId', 'Campaign ID', 'Campaign'),
  defineSystemField('HasOpportunityLineItem', 'Has Line Item', 'boolean'),
  defineLookup('Pricebook2Id', 'Price Book ID', 'Pricebook2', {
    permissionable: false,
    defaultedOnCreate: true,
    relationshipName: 'Pricebook2',
  }),
  ownerField(),
  ...auditFields(),
  defineSystemField('LastActivityDate', 'Last Activity', 'date', { nillable: true }),
  defineSystemField('LastStageChangeDate', 'Last Stage Change Date', 'datetime', { nillable: true }),
  defineSystemField('FiscalQuarter', 'Fiscal Quarter', 'int', {
    nillable: true,
    compoundFieldName: 'Fiscal',
  }),
  defineSystemField('FiscalYear', 'Fiscal Year', 'int', { nillable: true, compoundFieldName: 'Fiscal' }),
  defineSystemField('Fiscal', 'Fiscal Period', 'string', { nillable: true, length: 6, bytesPerCharacter: 1 }),
  defineLookup('ContactId', 'Contact ID', 'Contact', {
    createOnly: true,
    permissionable: false,
    relationshipName: null,
    childRelationshipName: 'Opportunities',
  }),
  ...viewedFields(),
  defineSystemField('HasOpenActivity', 'Has Open Activity', 'boolean', unsearchable),
  defineSystemField('HasOverdueTask', 'Has Overdue Task', 'boolean', unsearchable),
  ...['LastAmountChangedHistoryId', 'LastCloseDateChangedHistoryId'].map((name) =>
    defineLookup(name, 'Opportunity History ID', 'OpportunityHistory', byPlatform),
  ),
];
