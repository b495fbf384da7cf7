import type { PlantedFault } from './planted-fault.ts';

const account = 'objects/Account/fields';
const viewer = 'permissionsets/Upflow_Viewer.permissionset-meta.xml';
const overdue = 'reports/Upflow/Overdue_by_owner.report-meta.xml';
const dashboard = 'dashboards/Upflow/Upflow_Collections.dashboard-meta.xml';

/** Mistakes in metadata. */
export const metadata: PlantedFault[] = [
  {
    name: 'a misspelt tag',
    file: `${account}/Due_Amount__c.field-meta.xml`,
    from: 'inlineHelpText>',
    to: 'inlineHelptext>',
    rule: 'metadata/unknown-tag',
  },
  {
    name: 'a type of field that does not exist',
    file: `${account}/Due_Amount__c.field-meta.xml`,
    from: '<type>Currency',
    to: '<type>Money',
    rule: 'metadata/bad-value',
  },
  {
    name: 'a boolean that is none',
    file: viewer,
    from: '<readable>true',
    to: '<readable>yes',
    rule: 'metadata/bad-value',
  },
  {
    name: 'a number that is none',
    file: `${account}/Sync_Message__c.field-meta.xml`,
    from: '<length>255',
    to: '<length>long',
    rule: 'metadata/bad-value',
  },
  {
    name: 'a tag that stands twice',
    file: `${account}/Workflow__c.field-meta.xml`,
    from: '<type>Text</type>',
    to: '<type>Text</type><type>Text</type>',
    rule: 'metadata/duplicate-tag',
  },
  {
    name: 'a report without a format',
    file: overdue,
    from: '<format>Summary</format>',
    to: '',
    rule: 'metadata/missing-tag',
  },
  {
    name: 'elements where a text belongs',
    file: 'tabs/Upflow_Overdue.tab-meta.xml',
    from: '<label>Overdue</label>',
    to: '<label><text>Overdue</text></label>',
    rule: 'metadata/not-a-text',
  },
  {
    name: 'a chart that no dashboard has',
    file: dashboard,
    from: '<componentType>Donut',
    to: '<componentType>Doughnut',
    rule: 'metadata/bad-value',
  },
  {
    name: 'a filter with an operator that does not exist',
    file: 'objects/Account/listViews/Upflow_Overdue_Accounts.listView-meta.xml',
    from: 'greaterThan',
    to: 'moreThan',
    rule: 'metadata/bad-value',
  },
];
