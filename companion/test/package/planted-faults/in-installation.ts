import type { PlantedFault } from './planted-fault.ts';

const viewer = 'permissionsets/Upflow_Viewer.permissionset-meta.xml';
const end = '</PermissionSet>';

/** Mistakes that a deployment takes, and that show only when a version is made or installed. */
export const installation: PlantedFault[] = [
  {
    name: 'a folder that is shared, which an installation leaves out',
    file: 'reports/Upflow.reportFolder-meta.xml',
    from: '<name>',
    to: '<folderShares><accessLevel>View</accessLevel><sharedTo>AllInternalUsers</sharedTo><sharedToType>Group</sharedToType></folderShares><name>',
    rule: 'installation/folder-share',
  },
  {
    name: 'a permission of the user, which an installation leaves out',
    file: viewer,
    from: end,
    to: `<userPermissions><enabled>true</enabled><name>RunReports</name></userPermissions>${end}`,
    rule: 'installation/left-out-grant',
  },
  {
    name: 'rights on a standard object, which an installation leaves out',
    file: viewer,
    from: end,
    to: `<objectPermissions><allowCreate>false</allowCreate><allowDelete>false</allowDelete><allowEdit>false</allowEdit><allowRead>true</allowRead><modifyAllRecords>false</modifyAllRecords><object>Account</object><viewAllRecords>false</viewAllRecords></objectPermissions>${end}`,
    rule: 'installation/left-out-grant',
  },
  {
    name: 'a standard tab, which an installation leaves out',
    file: viewer,
    from: '<tab>Upflow_Overdue<',
    to: '<tab>standard-Account<',
    rule: 'installation/left-out-grant',
  },
  {
    name: 'translations without the workbench that takes them',
    file: '/config/scratch-org.json',
    from: '"enableTranslationWorkbench": true',
    to: '"enableTranslationWorkbench": false',
    rule: 'installation/translation-workbench',
  },
  {
    name: 'a component of another API version than the project',
    file: 'lwc/upflowNotice/upflowNotice.js-meta.xml',
    from: '<apiVersion>66.0',
    to: '<apiVersion>65.0',
    rule: 'installation/api-version',
  },
];
