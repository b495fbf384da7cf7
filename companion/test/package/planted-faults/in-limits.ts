import type { PlantedFault } from './planted-fault.ts';

/** What an org takes only so long, so often, or but once. */
export const limits: PlantedFault[] = [
  {
    name: 'a description that is too long for a permission set',
    file: 'permissionsets/Upflow_Viewer.permissionset-meta.xml',
    from: '<description>',
    to: `<description>${'x'.repeat(250)}`,
    rule: 'limits/length',
  },
  {
    name: 'a name that is too long for a report',
    file: 'reports/Upflow/Largest_balances.report-meta.xml',
    from: '<name>',
    to: '<name>Of all that we have ever had ',
    rule: 'limits/length',
  },
  {
    name: 'a label that is too long for a list view',
    file: 'objects/Account/listViews/Upflow_My_Overdue_Accounts.listView-meta.xml',
    from: '<label>Upflow: ',
    to: '<label>Upflow: all those that are really ',
    rule: 'limits/length',
  },
  {
    name: 'a compact layout of more than ten fields',
    file: 'objects/Account/compactLayouts/Upflow_Collection.compactLayout-meta.xml',
    from: '<fields>OwnerId</fields>',
    to: '<fields>OwnerId</fields><fields>Due_Amount__c</fields><fields>Phone</fields><fields>Website</fields><fields>Type</fields><fields>Workflow__c</fields>',
    rule: 'limits/count',
  },
  {
    name: 'a field that is granted twice',
    file: 'permissionsets/Upflow_Viewer.permissionset-meta.xml',
    from: '</PermissionSet>',
    to: '<fieldPermissions><editable>false</editable><field>Account.Workflow__c</field><readable>true</readable></fieldPermissions></PermissionSet>',
    rule: 'limits/repeated',
  },
  {
    name: 'two components of a page under one identifier',
    file: 'flexipages/Upflow_Overdue.flexipage-meta.xml',
    from: 'c_upflowOverdueAccounts_all',
    to: 'c_upflowOverdueAccounts_mine',
    rule: 'limits/repeated',
  },
  {
    name: 'a report that shows what it is grouped by',
    file: 'reports/Upflow/Worst_payers_by_rating.report-meta.xml',
    from: '<field>Account$Collection_Status__c</field>',
    to: '<field>Account$Payer_Rating__c</field>',
    rule: 'limits/repeated',
  },
  {
    name: 'a column that a report type has twice',
    file: 'reportTypes/Accounts_with_Upflow_Collections.reportType-meta.xml',
    from: '<field>Workflow__c</field>',
    to: '<field>Next_Action__c</field>',
    rule: 'limits/repeated',
  },
  {
    name: 'a tab that an app has twice',
    file: 'applications/Upflow.app-meta.xml',
    from: '<tabs>standard-report',
    to: '<tabs>Upflow_Overdue',
    rule: 'limits/repeated',
  },
  {
    name: 'a label that is translated twice',
    file: 'translations/fr.translation-meta.xml',
    from: '</Translations>',
    to: '<customLabels><label>Retard</label><name>Overdue</name></customLabels></Translations>',
    rule: 'limits/repeated',
  },
];
