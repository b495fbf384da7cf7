import type { Reply, TestOrg } from '../open-simulator.ts';
import type { RecordedShape } from './shape.ts';

const platformRecordings =
  'https://github.com/api-evangelist/salesforce openapi (operations with a Date header)';
const cumulusRecordings = 'https://github.com/SFDO-Tooling/CumulusCI cumulusci/tests/cassettes';
const collectionRecordings =
  'https://github.com/amp-labs/connectors providers/salesforce/test/batch (create and update of contacts)';
const restforceFixtures = 'https://github.com/restforce/restforce spec/fixtures/sobject';
const json = /^application\/json;charset=UTF-8$/;

function updateContact(org: TestOrg, fields: object): Promise<Reply> {
  const records = [{ attributes: { type: 'Contact' }, ...fields }];
  return org.call('/composite/sobjects', { method: 'PATCH', user: 'admin', body: { records } });
}

/** Single records and collections of them. */
export const recordShapes: RecordedShape[] = [
  {
    name: 'a record that was created',
    source: platformRecordings,
    ask: (org) =>
      org.call('/sobjects/Contact', { method: 'POST', user: 'admin', body: { LastName: 'Recorded' } }),
    status: 201,
    headers: {
      location: /^\/services\/data\/v66\.0\/sobjects\/Contact\/003\w{15}$/,
      'content-type': json,
      'sforce-limit-info': /^api-usage=\d+\/\d+$/,
      'cache-control': /^no-cache,must-revalidate,max-age=0,no-store,private$/,
      'x-robots-tag': /^none$/,
    },
    body: { id: 'id', success: 'boolean', errors: [] },
  },
  {
    name: 'a resource that does not exist',
    source: cumulusRecordings,
    ask: (org) => org.call('/sobjects/Nothing/describe', { user: 'admin' }),
    status: 404,
    body: [{ errorCode: /^NOT_FOUND$/, message: /^The requested resource does not exist$/ }],
  },
  {
    name: 'a collection without records',
    source: collectionRecordings,
    ask: (org) => org.call('/composite/sobjects', { method: 'POST', user: 'admin', body: { records: [] } }),
    status: 400,
    body: [{ message: /^At least 1 record is required$/, errorCode: /^REQUIRED_FIELD_MISSING$/ }],
  },
  {
    name: 'a deletion of no records',
    source: `${restforceFixtures}/composite_sobjects_destroy_bad_request_response.json`,
    ask: (org) => org.call('/composite/sobjects', { method: 'DELETE', user: 'admin' }),
    status: 400,
    body: [{ message: /^At least 1 Id is required\.$/, errorCode: /^REQUIRED_FIELD_MISSING$/ }],
  },
  {
    name: 'a row with a column that does not exist',
    source: collectionRecordings,
    ask: (org) => updateContact(org, { Id: '003000000000ABCAA2', unknownField_LastName: 'x' }),
    status: 200,
    body: [
      {
        success: 'boolean',
        errors: [
          {
            statusCode: /^INVALID_FIELD$/,
            message: /^No such column 'unknownField_LastName' on sobject of type Contact$/,
            fields: [],
          },
        ],
      },
    ],
  },
  {
    name: 'a row to update without an id',
    source: collectionRecordings,
    ask: (org) => updateContact(org, { LastName: 'x' }),
    status: 200,
    body: [
      {
        success: 'boolean',
        errors: [
          {
            statusCode: /^MISSING_ARGUMENT$/,
            message: /^Id not specified in an update call$/,
            fields: [],
          },
        ],
      },
    ],
  },
];
