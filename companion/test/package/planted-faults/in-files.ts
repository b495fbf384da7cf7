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
];
