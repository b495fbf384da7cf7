import type { RecordedShape, Shape } from './shape.ts';

const cassettes = 'https://github.com/SFDO-Tooling/CumulusCI cumulusci/tests/shared_cassettes';
const platformRecordings =
  'https://github.com/api-evangelist/salesforce openapi (operations with a Date header)';
const resourceGuide =
  'https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_discoveryresource.htm';
const path = /^\/services\/data\/v66\.0\//;
const http = /^https?:\/\//;

const picklistValue: Shape = {
  active: 'boolean',
  defaultValue: 'boolean',
  label: 'string',
  validFor: 'null',
  value: 'string',
};

const field: Shape = {
  aggregatable: 'boolean',
  aiPredictionField: 'boolean',
  autoNumber: 'boolean',
  byteLength: 'number',
  calculated: 'boolean',
  calculatedFormula: 'string or null',
  cascadeDelete: 'boolean',
  caseSensitive: 'boolean',
  compoundFieldName: 'string or null',
  controllerName: 'null',
  createable: 'boolean',
  custom: 'boolean',
  defaultValue: 'anything',
  defaultValueFormula: 'string or null',
  defaultedOnCreate: 'boolean',
  dependentPicklist: 'boolean',
  deprecatedAndHidden: 'boolean',
  digits: 'number',
  displayLocationInDecimal: 'boolean',
  encrypted: 'boolean',
  externalId: 'boolean',
  extraTypeInfo: 'string or null',
  filterable: 'boolean',
  filteredLookupInfo: 'null',
  formulaTreatNullNumberAsZero: 'boolean',
  groupable: 'boolean',
  highScaleNumber: 'boolean',
  htmlFormatted: 'boolean',
  idLookup: 'boolean',
  inlineHelpText: 'string or null',
  label: 'string',
  length: 'number',
  mask: 'string or null',
  maskType: 'string or null',
  name: 'string',
  nameField: 'boolean',
  namePointing: 'boolean',
  nillable: 'boolean',
  permissionable: 'boolean',
  picklistValues: 'anything',
  polymorphicForeignKey: 'boolean',
  precision: 'number',
  queryByDistance: 'boolean',
  referenceTargetField: 'null',
  referenceTo: 'anything',
  relationshipName: 'string or null',
  relationshipOrder: 'number or null',
  restrictedDelete: 'boolean',
  restrictedPicklist: 'boolean',
  scale: 'number',
  searchPrefilterable: 'boolean',
  soapType: /^(tns|xsd|urn):\w+$/,
  sortable: 'boolean',
  type: 'string',
  unique: 'boolean',
  updateable: 'boolean',
  writeRequiresMasterRead: 'boolean',
};

const listUrls: Shape = {
  compactLayouts: path,
  rowTemplate: /\/sobjects\/Opportunity\/\{ID\}$/,
  approvalLayouts: path,
  listviews: path,
  describe: path,
  quickActions: path,
  layouts: path,
  sobject: path,
};

const wholeUrls: Shape = {
  ...listUrls,
  uiDetailTemplate: http,
  uiEditTemplate: http,
  uiNewRecord: /\/006\/e$/,
};

const brief: Record<string, Shape> = {
  activateable: 'boolean',
  associateEntityType: 'null',
  associateParentEntity: 'null',
  createable: 'boolean',
  custom: 'boolean',
  customSetting: 'boolean',
  deepCloneable: 'boolean',
  deletable: 'boolean',
  deprecatedAndHidden: 'boolean',
  feedEnabled: 'boolean',
  hasSubtypes: 'boolean',
  isInterface: 'boolean',
  isSubtype: 'boolean',
  keyPrefix: 'string or null',
  label: 'string',
  labelPlural: 'string',
  layoutable: 'boolean',
  mergeable: 'boolean',
  mruEnabled: 'boolean',
  name: 'string',
  queryable: 'boolean',
  replicateable: 'boolean',
  retrieveable: 'boolean',
  searchable: 'boolean',
  triggerable: 'boolean',
  undeletable: 'boolean',
  updateable: 'boolean',
};

/** Describes, lists and limits. */
export const schemaShapes: RecordedShape[] = [
  {
    name: 'the describe of Opportunity',
    source: `${cassettes}/GET_sobjects_Opportunity_describe.yaml`,
    ask: (org) => org.call('/sobjects/Opportunity/describe', { user: 'admin' }),
    status: 200,
    headers: { 'last-modified': /GMT$/, etag: /^"[0-9a-f]{8}"$/ },
    body: {
      ...brief,
      actionOverrides: [],
      childRelationships: 'anything',
      compactLayoutable: 'boolean',
      defaultImplementation: 'null',
      extendedBy: 'null',
      extendsInterfaces: 'null',
      fields: [field],
      implementedBy: 'null',
      implementsInterfaces: 'null',
      listviewable: 'null',
      lookupLayoutable: 'null',
      namedLayoutInfos: [],
      networkScopeFieldName: 'null',
      recordTypeInfos: [
        {
          active: 'boolean',
          available: 'boolean',
          defaultRecordTypeMapping: 'boolean',
          developerName: 'string',
          master: 'boolean',
          name: 'string',
          recordTypeId: 'id',
          urls: { layout: /\/describe\/layouts\/012000000000000AAA$/ },
        },
      ],
      searchLayoutable: 'boolean',
      sobjectDescribeOption: /^FULL$/,
      supportedScopes: [{ label: 'string', name: /^(everything|mine|scopingRule|team)$/ }],
      urls: wholeUrls,
    },
  },
  {
    name: 'the values of a picklist',
    source: `${cassettes}/GET_sobjects_Opportunity_describe.yaml`,
    ask: async (org) => {
      const reply = await org.call('/sobjects/Opportunity/describe', { user: 'admin' });
      const { fields } = reply.body as { fields: { name: string; picklistValues: unknown }[] };
      return { ...reply, body: fields.find(({ name }) => name === 'StageName')?.picklistValues };
    },
    status: 200,
    body: [picklistValue],
  },
  {
    name: 'the child relationships of Account',
    source: `${cassettes}/GET_sobjects_Account_describe.yaml`,
    ask: async (org) => {
      const reply = await org.call('/sobjects/Account/describe', { user: 'admin' });
      return { ...reply, body: (reply.body as { childRelationships: unknown }).childRelationships };
    },
    status: 200,
    body: [
      {
        cascadeDelete: 'boolean',
        childSObject: 'string',
        deprecatedAndHidden: 'boolean',
        field: 'string',
        junctionIdListNames: [],
        junctionReferenceTo: [],
        relationshipName: 'string or null',
        restrictedDelete: 'boolean',
      },
    ],
  },
  {
    name: 'the list of objects',
    source: `${cassettes}/GET_sobjects_Global_describe.yaml`,
    ask: (org) => org.call('/sobjects', { user: 'admin' }),
    status: 200,
    body: {
      encoding: /^UTF-8$/,
      maxBatchSize: 'number',
      sobjects: [{ ...brief, urls: 'anything' }],
    },
  },
  {
    name: 'the counts of records',
    source: 'https://github.com/SFDO-Tooling/CumulusCI cumulusci/tasks/bulkdata/tests/cassettes',
    ask: (org) => org.call('/limits/recordCount?sObjects=Account,Contact', { user: 'admin' }),
    status: 200,
    body: { sObjects: [{ count: 'number', name: 'string' }] },
  },
  {
    name: 'one of the limits',
    source: platformRecordings,
    ask: async (org) => {
      const reply = await org.call('/limits');
      const { DailyApiRequests, PermissionSets } = reply.body as Record<string, unknown>;
      return { ...reply, body: { DailyApiRequests, PermissionSets } };
    },
    status: 200,
    body: {
      DailyApiRequests: { Max: 'number', Remaining: 'number' },
      PermissionSets: {
        Max: 'number',
        Remaining: 'number',
        CreateCustom: { Max: 'number', Remaining: 'number' },
      },
    },
  },
  {
    name: 'some of the resources of a version',
    source: resourceGuide,
    ask: async (org) => {
      const reply = await org.call('/');
      const { tooling, limits, identity, jobs } = reply.body as Record<string, unknown>;
      return { ...reply, body: { tooling, limits, identity, jobs } };
    },
    status: 200,
    body: { tooling: path, limits: path, identity: /\/id\/00D\w{15}\/005\w{15}$/, jobs: path },
  },
  {
    name: 'a query of the Tooling API',
    source: platformRecordings,
    ask: (org) => {
      const soql = "SELECT Id, DeveloperName FROM CustomField WHERE TableEnumOrId = 'Account'";
      return org.call(`/tooling/query?q=${encodeURIComponent(soql)}`, { user: 'admin' });
    },
    status: 200,
    body: {
      size: 'number',
      totalSize: 'number',
      done: 'boolean',
      queryLocator: 'null',
      entityTypeName: /^CustomField$/,
      records: [
        {
          attributes: { type: /^CustomField$/, url: /\/tooling\/sobjects\/CustomField\/00N\w{15}$/ },
          Id: 'id',
          DeveloperName: 'string',
        },
      ],
    },
  },
];
