import { brief, field, picklistValue } from './describe-parts.ts';
import type { RecordedShape, Shape } from './shape.ts';

const cassettes = 'https://github.com/SFDO-Tooling/CumulusCI cumulusci/tests/shared_cassettes';
const platformRecordings =
  'https://github.com/api-evangelist/salesforce openapi (operations with a Date header)';
const resourceGuide =
  'https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_discoveryresource.htm';
const path = /^\/services\/data\/v66\.0\//;
const http = /^https?:\/\//;

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
