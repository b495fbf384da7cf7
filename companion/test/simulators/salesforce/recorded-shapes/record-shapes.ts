import type { RecordedShape } from './shape.ts';

const platformRecordings =
  'https://github.com/api-evangelist/salesforce openapi (operations with a Date header)';
const cumulusRecordings = 'https://github.com/SFDO-Tooling/CumulusCI cumulusci/tests/cassettes';
const json = /^application\/json;charset=UTF-8$/;

/** Single records. */
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
];
