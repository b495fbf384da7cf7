import type { PlantedFault } from './planted-fault.ts';

const account = 'objects/Account/fields';

/** Mistakes in fields. */
export const fields: PlantedFault[] = [
  {
    name: 'a field without a description',
    file: `${account}/Due_Amount__c.field-meta.xml`,
    from: /<description>[^]*<\/description>/.source,
    to: '',
    rule: 'fields/text',
  },
  {
    name: 'a field without a help text',
    file: `${account}/Due_Amount__c.field-meta.xml`,
    from: /<inlineHelpText>[^]*<\/inlineHelpText>/.source,
    to: '',
    rule: 'fields/text',
  },
  {
    name: 'a label that is too long',
    file: `${account}/Workflow__c.field-meta.xml`,
    from: '<label>',
    to: '<label>The sequence of reminders that this customer ',
    rule: 'fields/text',
  },
  {
    name: 'a text without a length',
    file: `${account}/Workflow__c.field-meta.xml`,
    from: /<length>\d+<\/length>/.source,
    to: '',
    rule: 'fields/type',
  },
  {
    name: 'a text that is longer than texts can be',
    file: `${account}/Sync_Message__c.field-meta.xml`,
    from: '<length>255',
    to: '<length>256',
    rule: 'fields/type',
  },
  {
    name: 'a long text without lines to show',
    file: `${account}/Portal_Link__c.field-meta.xml`,
    from: /<visibleLines>\d+<\/visibleLines>/.source,
    to: '',
    rule: 'fields/type',
  },
  {
    name: 'more decimals than digits',
    file: `${account}/Average_Payment_Delay__c.field-meta.xml`,
    from: /<scale>\d+<\/scale>/.source,
    to: '<scale>17</scale>',
    rule: 'fields/type',
  },
  {
    name: 'a long text as an external id',
    file: `${account}/Portal_Link__c.field-meta.xml`,
    from: '<visibleLines>',
    to: '<externalId>true</externalId><visibleLines>',
    rule: 'fields/type',
  },
  {
    name: 'a picklist value that stands twice',
    file: `${account}/Payer_Rating__c.field-meta.xml`,
    from: '<fullName>B</fullName>',
    to: '<fullName>A</fullName>',
    rule: 'fields/picklist',
  },
  {
    name: 'a field under the name of another',
    file: `${account}/Workflow__c.field-meta.xml`,
    from: '<fullName>Workflow__c',
    to: '<fullName>Workflows__c',
    rule: 'fields/name',
  },
];
