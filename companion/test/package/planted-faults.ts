/** A mistake that somebody could make in the package, and the check that must find it. */
export interface PlantedFault {
  name: string;
  /** Relative to `force-app/main/default`; a path that begins with `/` is relative to the project. */
  file: string;
  /** What is replaced; the whole file where it is null. */
  from: string | null;
  /** By what; null removes the file. */
  to: string | null;
  rule: string;
}

const account = 'objects/Account/fields';
const viewer = 'permissionsets/Upflow_Viewer.permissionset-meta.xml';
const panel = 'lwc/upflowAccountPanel';
const labels = 'labels/CustomLabels.labels-meta.xml';
const french = 'translations/fr.translation-meta.xml';
const page = 'flexipages/Upflow_Account_Record_Page.flexipage-meta.xml';
const overdue = 'reports/Upflow/Overdue_by_owner.report-meta.xml';
const dashboard = 'dashboards/Upflow/Upflow_Collections.dashboard-meta.xml';

const files: PlantedFault[] = [
  {
    name: 'XML that is not well formed',
    file: `${account}/Workflow__c.field-meta.xml`,
    from: '</label>',
    to: '</lable>',
    rule: 'files/not-well-formed',
  },
  {
    name: 'a root tag of another type',
    file: viewer,
    from: null,
    to: '<Profile xmlns="http://soap.sforce.com/2006/04/metadata"></Profile>',
    rule: 'files/wrong-root',
  },
  {
    name: 'a kind of component that the package does not hold',
    file: 'classes/Helper.cls-meta.xml',
    from: null,
    to: '<ApexClass xmlns="http://soap.sforce.com/2006/04/metadata"/>',
    rule: 'files/unknown-suffix',
  },
  {
    name: 'secrets of the connected app in the package',
    file: 'extlClntAppGlobalOauthSets/Upflow.ecaGlblOauth-meta.xml',
    from: null,
    to: '<ExtlClntAppGlobalOauthSettings xmlns="http://soap.sforce.com/2006/04/metadata"/>',
    rule: 'files/unknown-suffix',
  },
  {
    name: 'a component in the wrong folder',
    file: 'tabs/Upflow.app-meta.xml',
    from: null,
    to: '<CustomApplication xmlns="http://soap.sforce.com/2006/04/metadata"/>',
    rule: 'files/wrong-folder',
  },
  {
    name: 'a misspelt key in sfdx-project.json',
    file: '/sfdx-project.json',
    from: '"versionNumber"',
    to: '"versionNumer"',
    rule: 'project/schema',
  },
  {
    name: 'a scratch org without an edition that exists',
    file: '/config/scratch-org.json',
    from: '"edition": "',
    to: '"edition": "Grand ',
    rule: 'project/schema',
  },
];

const metadata: PlantedFault[] = [
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

const fields: PlantedFault[] = [
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

const grants: PlantedFault[] = [
  {
    name: 'a field that the viewers may not read',
    file: viewer,
    from: /<fieldPermissions>\s*<editable>false<\/editable>\s*<field>Account.Due_Amount__c<\/field>\s*<readable>true<\/readable>\s*<\/fieldPermissions>/
      .source,
    to: '',
    rule: 'grants/unreadable',
  },
  {
    name: 'a field that the viewers may edit',
    file: viewer,
    from: '<editable>false',
    to: '<editable>true',
    rule: 'grants/editable',
  },
  {
    name: 'a field that the integration may not write',
    file: 'permissionsets/Upflow_Integration.permissionset-meta.xml',
    from: '<editable>true',
    to: '<editable>false',
    rule: 'grants/editable',
  },
  {
    name: 'a new field that no permission set grants',
    file: `${account}/Credit_Note_Amount__c.field-meta.xml`,
    from: null,
    to: `<CustomField xmlns="http://soap.sforce.com/2006/04/metadata"><fullName>Credit_Note_Amount__c</fullName><description>d</description><inlineHelpText>h</inlineHelpText><label>l</label><precision>18</precision><scale>2</scale><type>Currency</type></CustomField>`,
    rule: 'grants/unreadable',
  },
  {
    name: 'a permission set that is gone',
    file: 'permissionsets/Upflow_Admin.permissionset-meta.xml',
    from: null,
    to: null,
    rule: 'grants/role',
  },
  {
    name: 'a grant of a field that does not exist',
    file: viewer,
    from: 'Account.Due_Amount__c',
    to: 'Account.Due_Amounts__c',
    rule: 'references/field',
  },
  {
    name: 'a grant of an object that does not exist',
    file: 'permissionsets/Upflow_Integration.permissionset-meta.xml',
    from: '<object>Account<',
    to: '<object>Acount<',
    rule: 'references/object',
  },
];

const texts: PlantedFault[] = [
  {
    name: 'a label without a category',
    file: labels,
    from: '<categories>Panel,Figure</categories>',
    to: '',
    rule: 'labels/form',
  },
  {
    name: 'a label that nobody uses',
    file: labels,
    from: '<fullName>Ageing<',
    to: '<fullName>Aging<',
    rule: 'labels/unused',
  },
  {
    name: 'a label that stands twice',
    file: labels,
    from: '<fullName>Days_One<',
    to: '<fullName>Days_Many<',
    rule: 'labels/duplicate',
  },
  {
    name: 'a label that is not translated',
    file: french,
    from: '<name>Ageing</name>',
    to: '<name>Ageeing</name>',
    rule: 'translations/missing',
  },
  {
    name: 'a translation of nothing',
    file: french,
    from: '<name>Ageing</name>',
    to: '<name>Ageeing</name>',
    rule: 'translations/unknown',
  },
  {
    name: 'a translation that lost its placeholder',
    file: french,
    from: '{0} factures',
    to: 'factures',
    rule: 'translations/placeholders',
  },
  {
    name: 'a field that is not translated',
    file: 'objectTranslations/Account-fr/Due_Amount__c.fieldTranslation-meta.xml',
    from: null,
    to: null,
    rule: 'translations/missing',
  },
  {
    name: 'a picklist value that is not translated',
    file: 'objectTranslations/Account-fr/Sync_Status__c.fieldTranslation-meta.xml',
    from: '<masterLabel>Synced',
    to: '<masterLabel>Sync',
    rule: 'translations/missing',
  },
  {
    name: 'a language that is gone',
    file: french,
    from: null,
    to: null,
    rule: 'translations/missing',
  },
];

const components: PlantedFault[] = [
  {
    name: 'JavaScript that cannot be parsed',
    file: `${panel}/upflowAccountPanel.js`,
    from: 'get isLoading() {',
    to: 'get isLoading( {',
    rule: 'components/compile',
  },
  {
    name: 'a template with a tag that is not closed',
    file: 'lwc/upflowNotice/upflowNotice.html',
    from: '<p>{message}</p>',
    to: '<p>{message}',
    rule: 'components/compile',
  },
  {
    name: 'a public flag that is true by default, which the platform refuses',
    file: `${panel}/upflowAccountPanel.js`,
    from: '@api hideAgeing = false;',
    to: '@api hideAgeing = true;',
    rule: 'components/compile',
  },
  {
    name: 'a label that does not exist',
    file: `${panel}/upflowAccountPanel.js`,
    from: 'label/c.Panel_Title',
    to: 'label/c.Panel_Titel',
    rule: 'components/label',
  },
  {
    name: 'a field that does not exist',
    file: 'lwc/upflowAccount/upflowAccount.js',
    from: 'schema/Account.Due_Amount__c',
    to: 'schema/Account.Due_Amounts__c',
    rule: 'components/schema',
  },
  {
    name: 'a field that the Account of an Opportunity does not have',
    file: 'lwc/upflowOverdueAlert/readOverdue.js',
    from: 'Opportunity.Account.Overdue_Amount__c',
    to: 'Opportunity.Account.Overdue__c',
    rule: 'components/schema',
  },
  {
    name: 'a component of ours that does not exist',
    file: `${panel}/describeState.js`,
    from: "from 'c/upflowFormat'",
    to: "from 'c/upflowFormats'",
    rule: 'components/module',
  },
  {
    name: 'a module of the platform that does not exist',
    file: 'lwc/upflowPortalLink/upflowPortalLink.js',
    from: 'lightning/platformShowToastEvent',
    to: 'lightning/showToastEvent',
    rule: 'components/module',
  },
  {
    name: 'a tag of the platform that does not exist',
    file: `${panel}/upflowAccountPanel.html`,
    from: /lightning-spinner/.source,
    to: 'lightning-spiner',
    rule: 'components/unknown-tag',
  },
  {
    name: 'a tag of ours that does not exist',
    file: `${panel}/upflowAccountPanel.html`,
    from: /c-upflow-portal-link/.source,
    to: 'c-upflow-portal',
    rule: 'components/unknown-tag',
  },
  {
    name: 'a property that a child does not have',
    file: `${panel}/upflowAccountPanel.html`,
    from: 'message={notice.message}',
    to: 'text={notice.message}',
    rule: 'components/unknown-property',
  },
  {
    name: 'a call of Apex, of which the package has none',
    file: `${panel}/upflowAccountPanel.js`,
    from: "import LOADING from '@salesforce/label/c.Loading';",
    to: "import LOADING from '@salesforce/apex/Panel.load';",
    rule: 'components/apexMethod',
  },
];

const references: PlantedFault[] = [
  {
    name: 'a page with a component that does not exist',
    file: page,
    from: 'c:upflowAccountPanel',
    to: 'c:upflowPanel',
    rule: 'pages/component',
  },
  {
    name: 'a page with a component that may not stand on it',
    file: page,
    from: 'c:upflowAccountPanel',
    to: 'c:upflowOverdueAccounts',
    rule: 'pages/target',
  },
  {
    name: 'a page that sets a property that the component does not have',
    file: page,
    from: '<name>staleAfterHours',
    to: '<name>staleHours',
    rule: 'pages/property',
  },
  {
    name: 'a page with a region that its template does not have',
    file: page,
    from: '<name>sidebar',
    to: '<name>right',
    rule: 'pages/region',
  },
  {
    name: 'a page whose tabs are lost',
    file: page,
    from: '<value>Facet-tabs',
    to: '<value>Facet-tab',
    rule: 'pages/facet',
  },
  {
    name: 'a tab of a page that does not exist',
    file: 'tabs/Upflow_Overdue.tab-meta.xml',
    from: '<flexiPage>Upflow_Overdue',
    to: '<flexiPage>Upflow_Late',
    rule: 'references/flexiPage',
  },
  {
    name: 'an app with a tab that does not exist',
    file: 'applications/Upflow.app-meta.xml',
    from: '<tabs>Upflow_Overdue',
    to: '<tabs>Upflow_Late',
    rule: 'references/tab',
  },
  {
    name: 'an app whose logo is gone',
    file: 'contentassets/Upflow_Logo.asset-meta.xml',
    from: null,
    to: null,
    rule: 'references/logo',
  },
  {
    name: 'a group with a permission set that does not exist',
    file: 'permissionsetgroups/Upflow_Administration.permissionsetgroup-meta.xml',
    from: 'Upflow_Viewer',
    to: 'Upflow_Reader',
    rule: 'references/permissionSets',
  },
  {
    name: 'sign-in settings of an app that does not exist',
    file: 'extlClntAppOauthSettings/Upflow_Connection_OAuth.ecaOauth-meta.xml',
    from: '>Upflow_Connection<',
    to: '>Upflow<',
    rule: 'references/externalClientApplication',
  },
  {
    name: 'a list with a column that does not exist',
    file: 'objects/Account/listViews/Upflow_Overdue_Accounts.listView-meta.xml',
    from: '<columns>Overdue_Amount__c',
    to: '<columns>Overdue__c',
    rule: 'references/field',
  },
  {
    name: 'a list that looks for a value that the picklist does not have',
    file: 'objects/Account/listViews/Upflow_Needs_Attention.listView-meta.xml',
    from: 'Needs attention</value>',
    to: 'Needs Attention</value>',
    rule: 'references/picklist',
  },
  {
    name: 'a compact layout with a field that does not exist',
    file: 'objects/Account/compactLayouts/Upflow_Collection.compactLayout-meta.xml',
    from: 'Overdue_Amount__c',
    to: 'Overdue__c',
    rule: 'references/field',
  },
  {
    name: 'a report type with a field that does not exist',
    file: 'reportTypes/Accounts_with_Upflow_Collections.reportType-meta.xml',
    from: '<field>Due_Amount__c',
    to: '<field>Due__c',
    rule: 'reports/field',
  },
  {
    name: 'a report type with a relationship that does not exist',
    file: 'reportTypes/Opportunities_with_Upflow_Collections.reportType-meta.xml',
    from: '<relationship>Opportunities',
    to: '<relationship>Deals',
    rule: 'reports/join',
  },
  {
    name: 'a report of a type that does not exist',
    file: overdue,
    from: '<reportType>Accounts_with_Upflow_Collections__c',
    to: '<reportType>Accounts_with_Upflow__c',
    rule: 'reports/type',
  },
  {
    name: 'a report with a column that its type does not have',
    file: overdue,
    from: '<field>Account$Outstanding_Amount__c',
    to: '<field>Account$Outstanding__c',
    rule: 'reports/column',
  },
  {
    name: 'a report that filters on a column that its type does not have',
    file: overdue,
    from: '<column>Account$Overdue_Amount__c',
    to: '<column>Account$Overdue__c',
    rule: 'reports/column',
  },
  {
    name: 'a report in a folder that does not exist',
    file: 'reports/Upflow.reportFolder-meta.xml',
    from: null,
    to: null,
    rule: 'reports/folder',
  },
  {
    name: 'a dashboard of a report that does not exist',
    file: dashboard,
    from: 'Upflow/Ageing_summary',
    to: 'Upflow/Ageing',
    rule: 'reports/report',
  },
  {
    name: 'a sum of a report that is a plain list',
    file: dashboard,
    from: '<report>Upflow/Needs_attention',
    to: '<report>Upflow/Largest_balances',
    rule: 'reports/tabular',
  },
];

/** By what they are mistakes in. */
export const plantedFaults = { files, metadata, fields, grants, texts, components, references };
