import type { PlantedFault } from './planted-fault.ts';

const account = 'objects/Account/fields';
const viewer = 'permissionsets/Upflow_Viewer.permissionset-meta.xml';

/** Mistakes in grants. */
export const grants: PlantedFault[] = [
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
  {
    name: 'a tab that no permission set shows',
    file: 'permissionsets/Upflow_Admin.permissionset-meta.xml',
    from: '<tab>Upflow_Get_Started<',
    to: '<tab>Upflow_Overdue<',
    rule: 'grants/unseen',
  },
  {
    name: 'an app that no permission set shows',
    file: 'applications/Upflow_Too.app-meta.xml',
    from: null,
    to: '<CustomApplication xmlns="http://soap.sforce.com/2006/04/metadata"><label>Upflow Too</label></CustomApplication>',
    rule: 'grants/unseen',
  },
];
