import type { UserName } from '../../../simulators/salesforce/org/sample-users.ts';
import type { TestOrg } from './open-simulator.ts';

/** A write that fails: an update where it has an id, and otherwise the creation of a record. */
export interface Write {
  id?: string;
  record: object;
  object?: string;
  user?: UserName;
  /** The record that is in its way. */
  taken?: string;
}

/** What a write is refused with; the message is given whole. */
export interface Refusal {
  code: string;
  prepare: (org: TestOrg) => Promise<Write>;
  message: (write: Write) => string;
  fields?: string[];
  /** The status for a single record, 400 where it is left out. */
  status?: number;
  /** Found while the body is parsed, so that it ends a whole collection as well. */
  endsRequest?: boolean;
}

const lock = 'unable to obtain exclusive access to this record';

/** Every error of a write that a client must know, with a write that meets it. */
export const writeRefusals: Refusal[] = [
  {
    code: 'UNABLE_TO_LOCK_ROW',
    prepare: async (org) => {
      await org.control('PUT', '/faults', [{ fault: 'rowError' }]);
      return { id: await seedOne(org), record: { Phone: '1' } };
    },
    message: () => lock,
    fields: [],
  },
  {
    code: 'INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE',
    prepare: async (org) => {
      await org.control('PUT', '/faults', [{ fault: 'maintenance' }]);
      return { id: await seedOne(org), record: { Phone: '1' } };
    },
    message: () => "Updates can't be made during maintenance. Try again when maintenance is complete.",
    fields: [],
  },
  {
    code: 'REQUIRED_FIELD_MISSING',
    prepare: () => Promise.resolve({ record: { Phone: '1' } }),
    message: () => 'Required fields are missing: [Name]',
    fields: ['Name'],
  },
  {
    code: 'STRING_TOO_LONG',
    prepare: async (org) => ({ id: await seedOne(org), record: { AccountNumber: 'n'.repeat(41) } }),
    message: () => `Account Number: data value too large: ${'n'.repeat(41)} (max length=40)`,
    fields: ['AccountNumber'],
  },
  {
    code: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    prepare: async (org) => ({ id: await seedOne(org), record: { Customer_Tier__c: 'X' } }),
    message: () => 'Customer Tier: bad value for restricted picklist field: X',
    fields: ['Customer_Tier__c'],
  },
  {
    code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    prepare: async (org) => {
      const rule = { name: 'Phone_Needed', field: 'Phone', whenBlank: true, errorField: 'Phone' };
      await org.control('PUT', '/settings', {
        validationRules: [{ ...rule, message: 'Bitte eine Nummer angeben.' }],
      });
      return { id: await seedOne(org), record: { Site: 'HQ' } };
    },
    message: () => 'Bitte eine Nummer angeben.',
    fields: ['Phone'],
  },
  {
    code: 'DUPLICATE_VALUE',
    prepare: async (org) => {
      const taken = await seedOne(org, { Customer_Id__c: 'c-1' });
      const record = { upflow__Customer_Id__c: 'C-1' };
      return { id: await seedOne(org), record, user: 'integration', taken };
    },
    message: ({ taken = '' }) =>
      `duplicate value found: upflow__Customer_Id__c duplicates value on record with id: ${taken.slice(0, 15)}`,
    fields: [],
  },
  {
    code: 'DUPLICATES_DETECTED',
    prepare: async (org) => {
      await seedOne(org, { Website: 'https://a.example' });
      await org.control('PUT', '/settings', {
        duplicateRules: [{ name: 'Sites', matchOn: ['Website'], action: 'Alert' }],
      });
      return { record: { Name: 'Again', Website: 'HTTPS://A.example' } };
    },
    message: () => 'Use one of these records?',
  },
  {
    code: 'INVALID_FIELD',
    prepare: async (org) => ({ id: await seedOne(org), record: { x: 1 } }),
    message: () => "No such column 'x' on sobject of type Account",
  },
  {
    code: 'INVALID_FIELD_FOR_INSERT_UPDATE',
    prepare: async (org) => ({
      id: await seedOne(org),
      record: { Industry: 'Banking' },
      user: 'integration',
    }),
    message: () =>
      'Unable to create/update fields: Industry. Please check the security settings of this field and verify that it is read/write for your profile or permission set.',
    fields: ['Industry'],
  },
  {
    code: 'INVALID_CROSS_REFERENCE_KEY',
    prepare: async (org) => ({ id: await seedOne(org), record: { ParentId: '001000000000ABCAA2' } }),
    message: () => 'invalid cross reference id',
    fields: [],
  },
  {
    code: 'MALFORMED_ID',
    prepare: async (org) => ({ id: await seedOne(org), record: { ParentId: '24' } }),
    message: () => 'Parent Account ID: id value of incorrect type: 24',
    fields: ['ParentId'],
  },
  {
    code: 'ENTITY_IS_DELETED',
    status: 404,
    prepare: async (org) => {
      const id = await seedOne(org);
      await org.call(`/sobjects/Account/${id}`, { method: 'DELETE', user: 'admin' });
      return { id, record: { Phone: '1' } };
    },
    message: () => 'entity is deleted',
    fields: [],
  },
  {
    code: 'INSUFFICIENT_ACCESS_OR_READONLY',
    status: 403,
    prepare: async (org) => {
      await org.control('PUT', '/settings', { sharing: { Account: 'Read' } });
      const { id } = await createAs(org, 'admin');
      return { id, record: { Phone: '1' }, user: 'rep' };
    },
    message: () => 'insufficient access rights on object id',
    fields: [],
  },
  {
    code: 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
    prepare: async (org) => {
      await org.control('PUT', '/settings', { sharing: { Account: 'Private' } });
      const { id: hidden } = await createAs(org, 'admin');
      return { record: { LastName: 'Doe', AccountId: hidden }, object: 'Contact', user: 'rep' };
    },
    message: ({ record }) =>
      `insufficient access rights on cross-reference id: ${(record as { AccountId: string }).AccountId.slice(0, 15)}`,
    fields: [],
  },
  {
    code: 'INACTIVE_OWNER_OR_USER',
    prepare: (org) => {
      const { org: simulated } = org.simulator;
      simulated.store.put('User', simulated.users.rep.id, { IsActive: false });
      const record = { LastName: 'Doe', OwnerId: simulated.users.rep.id };
      return Promise.resolve({ record, object: 'Contact' });
    },
    message: ({ record }) =>
      `operation performed with inactive user [${(record as { OwnerId: string }).OwnerId.slice(0, 15)}] as owner of contact`,
    fields: [],
  },
  {
    code: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    prepare: async (org) => {
      await org.control('PUT', '/settings', { triggers: [{ name: 'Roll_Up', error: {} }] });
      return { id: await seedOne(org), record: { Phone: '1' } };
    },
    message: () =>
      'Roll_Up: execution of AfterUpdate\n\ncaused by: System.DmlException: Update failed. First exception on row 0; ' +
      `first error: UNABLE_TO_LOCK_ROW, ${lock}: []\n\nTrigger.Roll_Up: line 1, column 1`,
    fields: [],
  },
  {
    code: 'CANNOT_EXECUTE_FLOW_TRIGGER',
    prepare: async (org) => {
      await org.control('PUT', '/settings', {
        triggers: [{ name: 'Welcome', kind: 'flow', error: { cause: 'X: y' } }],
      });
      return { record: { Name: 'New' } };
    },
    message: () =>
      "We can't save this record because the “Welcome” process failed. Give your Salesforce admin these details. " +
      'This error occurred when the flow tried to update records: X: y.',
    fields: [],
  },
  {
    code: 'STORAGE_LIMIT_EXCEEDED',
    prepare: async (org) => {
      await org.control('PUT', '/settings', { dataStorageMB: 0.01 });
      return { record: { Name: 'One too many' } };
    },
    message: () => 'storage limit exceeded',
    fields: [],
  },
  {
    code: 'JSON_PARSER_ERROR',
    prepare: async (org) => ({ id: await seedOne(org), record: { Name: {} } }),
    message: () => 'Cannot deserialize instance of string from START_OBJECT value {',
    endsRequest: true,
  },
];

async function seedOne(org: TestOrg, record: object = {}): Promise<string> {
  const [id = ''] = await org.seed([{ Name: 'Written', ...record }]);
  return id;
}

async function createAs(org: TestOrg, user: UserName): Promise<{ id: string }> {
  const reply = await org.call('/sobjects/Account', { method: 'POST', user, body: { Name: 'Owned' } });
  return reply.body as { id: string };
}
