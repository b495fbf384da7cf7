import type { PlantedFault } from './planted-fault.ts';

const account = 'objects/Account/fields';
const viewer = 'permissionsets/Upflow_Viewer.permissionset-meta.xml';

/** Mistakes in files. */
export const files: PlantedFault[] = [
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
  {
    name: 'a page of the fields that says something else than the metadata',
    file: `/docs/report-fields.md`,
    from: '`Due_Amount__c`',
    to: '`Due__c`',
    rule: 'docs/drift',
  },
  {
    name: 'metadata without its namespace',
    file: 'tabs/Upflow_Overdue.tab-meta.xml',
    from: ' xmlns="http://soap.sforce.com/2006/04/metadata"',
    to: '',
    rule: 'files/namespace',
  },
  {
    name: 'a list view under the name of another',
    file: 'objects/Account/listViews/Upflow_My_Overdue_Accounts.listView-meta.xml',
    from: '<fullName>Upflow_My',
    to: '<fullName>Upflow_Mi',
    rule: 'files/name',
  },
  {
    name: 'a component without its own file',
    file: 'lwc/upflowNotice/upflowNotice.js-meta.xml',
    from: null,
    to: null,
    rule: 'files/bundle',
  },
  {
    name: 'a file that no component may hold',
    file: 'lwc/upflowNotice/notes.txt',
    from: null,
    to: 'Notes',
    rule: 'files/bundle',
  },
  {
    name: 'a version number that no build takes',
    file: '/sfdx-project.json',
    from: '0.1.0.NEXT',
    to: '0.1.NEXT',
    rule: 'project/version',
  },
  {
    name: 'a namespace that cannot be registered',
    file: '/sfdx-project.json',
    from: '"namespace": "upflow"',
    to: '"namespace": "up__flow"',
    rule: 'project/namespace',
  },
  {
    name: 'a placeholder that the build looks for in vain',
    file: '/force-app/connection/externalClientApps/Upflow_Connection.eca-meta.xml',
    from: 'UPFLOW_CONTACT_EMAIL',
    to: 'ops@example.com',
    rule: 'project/replacement',
  },
  {
    name: 'a logo whose picture is gone',
    file: 'contentassets/Upflow_Mark.asset-meta.xml',
    from: null,
    to: '<?xml version="1.0" encoding="UTF-8"?>\n<ContentAsset xmlns="http://soap.sforce.com/2006/04/metadata"><language>en_US</language><masterLabel>Mark</masterLabel></ContentAsset>',
    rule: 'files/content',
  },
];
