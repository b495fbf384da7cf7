/** Where the source of each kind of component that the package may hold is kept, and what its file is called. */
export interface ComponentKind {
  /** The root tag of the file. */
  type: string;
  /** The folder below `main/default`, or below an object's folder. */
  folder: string;
}

const ofObject = (type: string, folder: string): ComponentKind => ({ type, folder });

/** By the part of the file's name before `-meta.xml`. What is not here does not belong into the package. */
export const componentKinds: ReadonlyMap<string, ComponentKind> = new Map([
  ['app', { type: 'CustomApplication', folder: 'applications' }],
  ['asset', { type: 'ContentAsset', folder: 'contentassets' }],
  ['compactLayout', ofObject('CompactLayout', 'compactLayouts')],
  ['dashboard', { type: 'Dashboard', folder: 'dashboards' }],
  ['dashboardFolder', { type: 'DashboardFolder', folder: 'dashboards' }],
  ['eca', { type: 'ExternalClientApplication', folder: 'externalClientApps' }],
  ['ecaOauth', { type: 'ExtlClntAppOauthSettings', folder: 'extlClntAppOauthSettings' }],
  ['field', ofObject('CustomField', 'fields')],
  ['fieldTranslation', { type: 'CustomFieldTranslation', folder: 'objectTranslations' }],
  ['flexipage', { type: 'FlexiPage', folder: 'flexipages' }],
  ['js', { type: 'LightningComponentBundle', folder: 'lwc' }],
  ['labels', { type: 'CustomLabels', folder: 'labels' }],
  ['listView', ofObject('ListView', 'listViews')],
  ['objectTranslation', { type: 'CustomObjectTranslation', folder: 'objectTranslations' }],
  ['permissionset', { type: 'PermissionSet', folder: 'permissionsets' }],
  ['permissionsetgroup', { type: 'PermissionSetGroup', folder: 'permissionsetgroups' }],
  ['report', { type: 'Report', folder: 'reports' }],
  ['reportFolder', { type: 'ReportFolder', folder: 'reports' }],
  ['reportType', { type: 'ReportType', folder: 'reportTypes' }],
  ['resource', { type: 'StaticResource', folder: 'staticresources' }],
  ['tab', { type: 'CustomTab', folder: 'tabs' }],
  ['translation', { type: 'Translations', folder: 'translations' }],
]);
