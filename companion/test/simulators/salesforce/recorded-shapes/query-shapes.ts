import type { RecordedShape } from './shape.ts';

const cumulusRecordings = 'https://github.com/SFDO-Tooling/CumulusCI cumulusci/**/cassettes';
const restforceFixtures = 'https://github.com/restforce/restforce/tree/main/spec/fixtures';
const platformGuide = 'https://developer.salesforce.com/docs/platform/api-rest/guide/resources-query.html';

const ask = (soql: string, resource = 'query'): RecordedShape['ask'] => {
  return (org) => org.call(`/${resource}?q=${encodeURIComponent(soql)}`, { user: 'admin' });
};

/** Answers of queries. */
export const queryShapes: RecordedShape[] = [
  {
    name: 'a count',
    source: cumulusRecordings,
    ask: ask('SELECT count() FROM Account'),
    status: 200,
    headers: { 'sforce-limit-info': /^api-usage=\d+\/\d+$/ },
    body: { totalSize: 'number', done: 'boolean', records: [] },
  },
  {
    name: 'records with a parent and children',
    source: restforceFixtures,
    ask: ask("SELECT Id, Owner.Name, (SELECT Id FROM Contacts) FROM Account WHERE Name LIKE 'Edge%'"),
    status: 200,
    body: {
      totalSize: 'number',
      done: 'boolean',
      records: [
        {
          attributes: { type: /^Account$/, url: /^\/services\/data\/v66\.0\/sobjects\/Account\/001\w{15}$/ },
          Id: 'id',
          Owner: { attributes: { type: /^User$/, url: 'string' }, Name: 'string' },
          Contacts: {
            totalSize: 'number',
            done: 'boolean',
            records: [{ attributes: { type: /^Contact$/, url: 'string' }, Id: 'id' }],
          },
        },
      ],
    },
  },
  {
    name: 'groups',
    source: restforceFixtures,
    ask: ask('SELECT COUNT(Id) FROM Account'),
    status: 200,
    body: {
      totalSize: 'number',
      done: 'boolean',
      records: [{ attributes: { type: /^AggregateResult$/ }, expr0: 'number' }],
    },
  },
  {
    name: 'a first page of several, of deleted records too',
    source: platformGuide,
    ask: async (org) => {
      await org.control('PUT', '/settings', { queryPageSize: 10 });
      const reply = await ask('SELECT Id FROM Account', 'queryAll')(org);
      await org.control('PUT', '/settings', { queryPageSize: 2000 });
      return reply;
    },
    status: 200,
    body: {
      totalSize: 'number',
      done: 'boolean',
      nextRecordsUrl: /^\/services\/data\/v66\.0\/query\/01g\w{15}-\d+$/,
      records: [{ attributes: { type: 'string', url: 'string' }, Id: 'id' }],
    },
  },
  {
    name: 'an object that does not exist',
    source: cumulusRecordings,
    ask: ask('select count() from XYZZY'),
    status: 400,
    body: [
      {
        errorCode: /^INVALID_TYPE$/,
        message:
          /^\nselect count\(\) from XYZZY\n {20}\^\nERROR at Row:1:Column:21\nsObject type 'XYZZY' is not supported\./,
      },
    ],
  },
  {
    name: 'a relationship that does not exist',
    source: 'https://github.com/forcedotcom/SFDX-Data-Move-Utility/issues/432',
    ask: ask('SELECT Id, Contact.Name FROM Account'),
    status: 400,
    body: [
      {
        errorCode: /^INVALID_FIELD$/,
        message:
          /\n {11}\^\nERROR at Row:1:Column:12\nDidn't understand relationship 'Contact' in field path\. If you/,
      },
    ],
  },
  {
    name: 'a field that cannot be grouped',
    source: 'https://github.com/forcedotcom/cli/issues/1356',
    ask: ask('SELECT COUNT(Id) FROM Account WHERE LastModifiedDate>TODAY GROUP BY LastModifiedDate'),
    status: 400,
    body: [
      {
        errorCode: /^INVALID_FIELD$/,
        message:
          /^\nLastModifiedDate>TODAY GROUP BY LastModifiedDate\n {32}\^\nERROR at Row:1:Column:69\nfield 'LastModifiedDate' can not be grouped in a query call$/,
      },
    ],
  },
];
