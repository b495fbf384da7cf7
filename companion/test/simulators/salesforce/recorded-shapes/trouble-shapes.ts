import { unusedLimits } from '../../../../simulators/salesforce/resources/limit-list.ts';
import type { Reply, TestOrg } from '../open-simulator.ts';
import type { RecordedShape, Shape } from './shape.ts';

const limit: Shape = { Max: 'number', Remaining: 'number' };

const withFault = async (org: TestOrg, fault: object): Promise<Reply> => {
  await org.control('PUT', '/faults', [{ ...fault, times: 1 }]);
  return org.call('/limits');
};

/** Limits and refusals of the platform. */
export const troubleShapes: RecordedShape[] = [
  {
    name: 'the limits of an org',
    source: 'https://github.com/api-evangelist/salesforce openapi (operations with a Date header)',
    ask: (org) => org.call('/limits'),
    status: 200,
    headers: {
      'content-type': /^application\/json;charset=UTF-8$/,
      'sforce-limit-info': /^api-usage=\d+\/\d+$/,
      'strict-transport-security': /^max-age=63072000; includeSubDomains$/,
      'x-content-type-options': /^nosniff$/,
    },
    body: {
      ...Object.fromEntries(Object.keys(unusedLimits).map((name) => [name, limit])),
      DailyApiRequests: limit,
      DailyBulkApiBatches: limit,
      DailyBulkV2QueryJobs: limit,
      DataStorageMB: limit,
      PermissionSets: { Max: 'number', Remaining: 'number', CreateCustom: limit },
    },
  },
  {
    name: 'an error that the platform did not expect',
    source: 'https://github.com/restforce/restforce/issues/821',
    ask: (org) => withFault(org, { fault: 'unknownException' }),
    status: 500,
    body: [
      {
        message:
          /^An unexpected error occurred\. Please include this ErrorId if you contact support: \d+-\d+ \(-?\d+\)$/,
        errorCode: /^UNKNOWN_EXCEPTION$/,
      },
    ],
  },
  {
    name: 'a body of a type that is not read',
    source: 'https://github.com/kevinohara80/nforce/issues/74',
    ask: (org) =>
      org.call('/sobjects/Account', {
        method: 'POST',
        body: '--x--',
        headers: { 'content-type': 'multipart/related; boundary=x' },
      }),
    status: 415,
    body: [
      {
        message: /^MediaType of 'multipart\/related' is not supported by this resource$/,
        errorCode: /^UNSUPPORTED_MEDIA_TYPE$/,
      },
    ],
  },
  {
    name: 'the limit of concurrent requests',
    source: 'https://github.com/SalesforceLabs/OrgCheck/issues/432',
    ask: (org) => withFault(org, { fault: 'requestLimitExceeded', limit: 'concurrent' }),
    status: 403,
    body: [
      {
        message: /^ConcurrentRequests \(Concurrent API Requests\) Limit exceeded\.$/,
        errorCode: /^REQUEST_LIMIT_EXCEEDED$/,
      },
    ],
  },
];
