import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openSimulator, type Reply, type TestOrg } from './open-simulator.ts';

/**
 * The errors that a client meets, with their status, their words and how to provoke them. Those that come from what an
 * admin has set up, such as validation rules, are tested with those rules.
 */
interface ErrorRow {
  code: string;
  status: number;
  message: string | RegExp;
  provoke: () => Promise<Reply>;
}

let org: TestOrg;
let id: string;

beforeAll(async () => {
  org = await openSimulator();
});
beforeEach(async () => {
  await org.control('POST', '/reset');
  [id = ''] = await org.seed([{ Name: 'Sample' }]);
});
afterAll(() => org.close());

const settings = (changes: object) => org.control('PUT', '/settings', changes);
const withFault = async (fault: object): Promise<Reply> => {
  await org.control('PUT', '/faults', [fault]);
  return org.call('/limits');
};
const patch = (body: unknown, path = `Account/${id}`, user: 'admin' | 'integration' = 'admin') =>
  org.call(`/sobjects/${path}`, { method: 'PATCH', user, body });
const updateRows = (...records: object[]) =>
  org.call('/composite/sobjects', {
    method: 'PATCH',
    user: 'admin',
    body: { records: records.map((record) => ({ attributes: { type: 'Account' }, ...record })) },
  });

const maintenance = "Updates can't be made during maintenance. Try again when maintenance is complete.";
const notEditable =
  'Unable to create/update fields: CreatedDate. Please check the security settings of this field and verify that ' +
  'it is read/write for your profile or permission set.';

function byFault(code: string, status: number, message: string | RegExp, fault: object): ErrorRow {
  return { code, status, message, provoke: () => withFault(fault) };
}

const requestErrors: ErrorRow[] = [
  {
    code: 'INVALID_SESSION_ID',
    status: 401,
    message: 'Session expired or invalid',
    provoke: () => org.call('/limits', { headers: { authorization: 'Bearer 00D000000000000!none' } }),
  },
  byFault('INVALID_SESSION_ID', 401, 'This session is not valid for use with the REST API', {
    fault: 'invalidSession',
    reason: 'notForRest',
  }),
  byFault('INVALID_SESSION_ID', 401, 'Connected app is not attached to Agent', {
    fault: 'invalidSession',
    reason: 'notAttachedToAgent',
  }),
  {
    code: 'INVALID_AUTH_HEADER',
    status: 401,
    message: 'INVALID_HEADER_TYPE',
    provoke: () => org.call('/limits', { headers: { authorization: 'Basic eDp5' } }),
  },
  {
    code: 'REQUEST_LIMIT_EXCEEDED',
    status: 403,
    message: 'TotalRequests Limit exceeded.',
    provoke: async () => {
      await settings({ dailyApiRequests: 0 });
      return org.call('/limits');
    },
  },
  byFault('REQUEST_LIMIT_EXCEEDED', 403, 'ConcurrentPerOrgLongTxn Limit exceeded.', {
    fault: 'requestLimitExceeded',
    limit: 'longRunning',
  }),
  byFault('REQUEST_LIMIT_EXCEEDED', 403, 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.', {
    fault: 'requestLimitExceeded',
    limit: 'concurrent',
  }),
  byFault('SERVER_UNAVAILABLE', 503, /./, { fault: 'serverUnavailable' }),
  {
    code: 'UNABLE_TO_LOCK_ROW',
    status: 400,
    message: /^unable to obtain exclusive access to this record or 1 records: 001\w{15}$/,
    provoke: async () => {
      await settings({ lockWaitMs: 0 });
      await org.control('POST', '/locks', { ids: [id], ms: 60_000 });
      return patch({ Phone: '1' });
    },
  },
  byFault('QUERY_TIMEOUT', 400, /^Your query request was running for too long/, { fault: 'queryTimeout' }),
  {
    code: 'INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE',
    status: 400,
    message: maintenance,
    provoke: async () => {
      await settings({ maintenance: true });
      return patch({ Phone: '1' });
    },
  },
  byFault(
    'UNKNOWN_EXCEPTION',
    500,
    /^An unexpected error occurred\. Please include this ErrorId if you contact support: \d+-\d+ \(-?\d+\)$/,
    { fault: 'unknownException' },
  ),
  {
    code: 'INVALID_FIELD',
    status: 400,
    message: "No such column 'Nope__c' on sobject of type Account",
    provoke: () => patch({ Nope__c: 1 }),
  },
  {
    code: 'INVALID_FIELD_FOR_INSERT_UPDATE',
    status: 400,
    message: notEditable,
    provoke: () => patch({ CreatedDate: '2026-01-01T00:00:00Z' }),
  },
  {
    code: 'MALFORMED_ID',
    status: 400,
    message: /id value of incorrect type/,
    provoke: () => patch({ OwnerId: id }),
  },
  {
    code: 'ENTITY_IS_DELETED',
    status: 404,
    message: 'entity is deleted',
    provoke: async () => {
      const remove = () => org.call(`/sobjects/Account/${id}`, { method: 'DELETE', user: 'admin' });
      await remove();
      return remove();
    },
  },
  {
    code: 'NOT_FOUND',
    status: 404,
    message: 'The requested resource does not exist',
    provoke: () => org.call('/sobjects/Nothing/describe'),
  },
  byFault('API_CURRENTLY_DISABLED', 403, 'API is disabled for this User', { fault: 'apiDisabled' }),
  byFault('API_DISABLED_FOR_ORG', 403, /API is not enabled/, { fault: 'apiDisabled', scope: 'org' }),
  byFault('ORG_LOCKED', 403, /./, { fault: 'orgLocked' }),
  byFault('INVALID_OPERATION_WITH_EXPIRED_PASSWORD', 403, /./, { fault: 'passwordExpired' }),
  { code: 'JSON_PARSER_ERROR', status: 400, message: /\[line:1, column:2\]$/, provoke: () => patch('{') },
  {
    code: 'METHOD_NOT_ALLOWED',
    status: 405,
    message: "HTTP Method 'DELETE' not allowed. Allowed are HEAD,GET",
    provoke: () => org.call('/limits', { method: 'DELETE' }),
  },
  {
    code: 'UNSUPPORTED_API_VERSION',
    status: 410,
    message: /./,
    provoke: () => org.call('/limits', { version: 'v30.0' }),
  },
  byFault('UNSUPPORTED_API_VERSION', 410, /./, { fault: 'gone' }),
];

describe('a request is refused', () => {
  test.each(requestErrors)('with $code ($status)', async ({ code, status, message, provoke }) => {
    const reply = await provoke();
    const [entry, ...others] = reply.body as { errorCode: string; message: string }[];
    expect([reply.status, entry?.errorCode, others]).toEqual([status, code, []]);
    if (typeof message === 'string') expect(entry?.message).toBe(message);
    else expect(entry?.message).toMatch(message);
  });
});

const rowErrors: Omit<ErrorRow, 'status'>[] = [
  {
    code: 'UNABLE_TO_LOCK_ROW',
    message: /^unable to obtain exclusive access to this record/,
    provoke: async () => {
      await settings({ lockWaitMs: 0 });
      await org.control('POST', '/locks', { ids: [id], ms: 60_000 });
      return updateRows({ id, Phone: '1' });
    },
  },
  {
    code: 'INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE',
    message: maintenance,
    provoke: async () => {
      await settings({ maintenance: true });
      return updateRows({ id, Phone: '1' });
    },
  },
  {
    code: 'MALFORMED_ID',
    message: /id value of incorrect type/,
    provoke: () => updateRows({ id, OwnerId: id }),
  },
  {
    code: 'ENTITY_IS_DELETED',
    message: 'entity is deleted',
    provoke: async () => {
      await org.call(`/sobjects/Account/${id}`, { method: 'DELETE', user: 'admin' });
      return updateRows({ id, Phone: '1' });
    },
  },
  {
    code: 'INVALID_FIELD_FOR_INSERT_UPDATE',
    message: notEditable,
    provoke: () => updateRows({ id, CreatedDate: '2026-01-01T00:00:00Z' }),
  },
  {
    code: 'DUPLICATE_EXTERNAL_ID',
    message: /more than one record found/,
    provoke: async () => {
      await org.seed([
        { Name: 'A', ERP_Code__c: 'same' },
        { Name: 'B', ERP_Code__c: 'same' },
      ]);
      return org.call('/composite/sobjects/Account/ERP_Code__c', {
        method: 'PATCH',
        user: 'admin',
        body: { records: [{ attributes: { type: 'Account' }, ERP_Code__c: 'same' }] },
      });
    },
  },
];

describe('a row is refused, in an answer with status 200,', () => {
  test.each(rowErrors)('with $code', async ({ code, message, provoke }) => {
    const reply = await provoke();
    const [row] = reply.body as { success: boolean; errors: { statusCode: string; message: string }[] }[];
    expect([reply.status, row?.success, row?.errors[0]?.statusCode]).toEqual([200, false, code]);
    expect(row).not.toHaveProperty('id');
    if (typeof message === 'string') expect(row?.errors[0]?.message).toBe(message);
    else expect(row?.errors[0]?.message).toMatch(message);
  });
});
