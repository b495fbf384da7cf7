import type { PlantedFault } from './planted-fault.ts';

/** What is named rightly, and cannot be used for what it is used for. */
export const contents: PlantedFault[] = [
  {
    name: 'a summary without groups',
    file: 'reports/Upflow/Worst_payers_by_rating.report-meta.xml',
    from: '<groupingsDown>[^]*</groupingsDown>',
    to: '',
    rule: 'reports/grouping',
  },
  {
    name: 'a chart of groups that the report itself does not have',
    file: 'reports/Upflow/Worst_payers_by_rating.report-meta.xml',
    from: '<groupingColumn>Account$Payer_Rating__c',
    to: '<groupingColumn>Account$Owner',
    rule: 'reports/chart',
  },
  {
    name: 'a sum of what is no number',
    file: 'reports/Upflow/Worst_payers_by_rating.report-meta.xml',
    from: '<field>Account$Collection_Status__c',
    to: '<aggregateTypes>Sum</aggregateTypes><field>Account$Collection_Status__c',
    rule: 'reports/aggregate',
  },
  {
    name: 'a scope that does not exist',
    file: 'reports/Upflow/Worst_payers_by_rating.report-meta.xml',
    from: '<scope>organization',
    to: '<scope>everybody',
    rule: 'reports/scope',
  },
  {
    name: 'a report that looks for a value that the picklist does not have',
    file: 'reports/Upflow/Paused_collections.report-meta.xml',
    from: '<value>Paused',
    to: '<value>Pausd',
    rule: 'references/picklist',
  },
  {
    name: 'a list that filters by a long text',
    file: 'objects/Account/listViews/Upflow_My_Overdue_Accounts.listView-meta.xml',
    from: '<field>Overdue_Amount__c</field>',
    to: '<field>Portal_Link__c</field>',
    rule: 'references/long-text',
  },
  {
    name: 'a compact layout with a long text',
    file: 'objects/Account/compactLayouts/Upflow_Collection.compactLayout-meta.xml',
    from: '<fields>OwnerId',
    to: '<fields>Portal_Link__c',
    rule: 'references/long-text',
  },
  {
    name: 'a component of a dashboard that leaves the grid',
    file: 'dashboards/Upflow/Upflow_Collections.dashboard-meta.xml',
    from: '<columnIndex>8</columnIndex>',
    to: '<columnIndex>10</columnIndex>',
    rule: 'dashboards/grid',
  },
  {
    name: 'a component of a dashboard upon another',
    file: 'dashboards/Upflow/Upflow_Collections.dashboard-meta.xml',
    from: '<columnIndex>4</columnIndex>',
    to: '<columnIndex>2</columnIndex>',
    rule: 'dashboards/grid',
  },
  {
    name: 'View All without the right to read',
    file: 'permissionsets/Upflow_Integration.permissionset-meta.xml',
    from: '<allowRead>true</allowRead>',
    to: '<allowRead>false</allowRead>',
    rule: 'grants/dependency',
  },
  {
    name: 'a translation of a value that the picklist does not have',
    file: 'objectTranslations/Account-fr/Collection_Status__c.fieldTranslation-meta.xml',
    from: '</CustomFieldTranslation>',
    to: '<picklistValues><masterLabel>Gone</masterLabel><translation>Parti</translation></picklistValues></CustomFieldTranslation>',
    rule: 'translations/unknown',
  },
  {
    name: 'a translation under the name of another field',
    file: 'objectTranslations/Account-fr/Workflow__c.fieldTranslation-meta.xml',
    from: '<name>Workflow__c',
    to: '<name>Workflw__c',
    rule: 'translations/unknown',
  },
];
