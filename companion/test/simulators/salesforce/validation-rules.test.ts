import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openSimulator, type Request, type TestOrg } from './open-simulator.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
});
beforeEach(() => org.control('POST', '/reset'));
afterAll(() => org.close());

const settings = (change: object) => org.control('PUT', '/settings', change);
const create = (object: string, body: object, rest: Request = {}) =>
  org.call(`/sobjects/${object}`, { method: 'POST', user: 'admin', body, ...rest });
const update = (object: string, id: string, body: object, rest: Request = {}) =>
  org.call(`/sobjects/${object}/${id}`, { method: 'PATCH', user: 'admin', body, ...rest });
const idOf = (reply: { body: unknown }): string => (reply.body as { id: string }).id;

const rule = { name: 'Rule', message: 'No.' };

describe('a validation rule', () => {
  const conditions: [condition: object, refused: object, allowed: object][] = [
    [{ field: 'Phone', whenBlank: true }, { Site: 'A' }, { Phone: '1' }],
    [{ field: 'Phone', whenBlank: false }, { Phone: '1' }, { Site: 'A' }],
    [{ field: 'Site', whenChanged: true }, { Site: 'B' }, { Site: 'Old' }],
    [{ field: 'Site', whenEquals: 'Bad' }, { Site: 'Bad' }, { Site: 'bad' }],
    [{ field: 'On_Credit_Hold__c', whenEquals: false }, { Site: 'B' }, { On_Credit_Hold__c: true }],
    [{ field: 'Credit_Limit__c', whenLessThan: 10 }, { Credit_Limit__c: 9 }, { Credit_Limit__c: 10 }],
    [{ field: 'Credit_Limit__c', whenGreaterThan: 10 }, { Credit_Limit__c: 11 }, { Credit_Limit__c: 10 }],
    [{ field: 'Site', whenContains: 'x', whenStartsWith: 'a' }, { Site: 'a-x' }, { Site: 'x-a' }],
  ];

  test.each(conditions)('%j refuses %j and lets %j through', async (condition, refused, allowed) => {
    const [id = ''] = await org.seed([{ Name: 'A', Site: 'Old' }]);
    await settings({ validationRules: [{ ...rule, ...condition }] });
    expect(await update('Account', id, refused)).toMatchObject({
      status: 400,
      body: [{ errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'No.' }],
    });
    expect((await update('Account', id, allowed)).status).toBe(204);
  });

  test('that asks for a change lets a new record through', async () => {
    await settings({ validationRules: [{ ...rule, field: 'Site', whenChanged: true }] });
    expect((await create('Account', { Name: 'New', Site: 'A' })).status).toBe(201);
  });

  test('works on any object', async () => {
    await settings({ validationRules: [{ ...rule, object: 'contact', field: 'email', whenBlank: true }] });
    expect((await create('Contact', { LastName: 'Doe' })).status).toBe(400);
    expect((await create('Contact', { LastName: 'Doe', Email: 'd@doe.example' })).status).toBe(201);
  });

  test('looks at the package fields with or without its namespace', async () => {
    const [id = ''] = await org.seed([{ Name: 'A' }]);
    const field = 'Outstanding_Amount__c';
    await settings({ validationRules: [{ ...rule, field, whenGreaterThan: 5 }] });
    const body = { [`upflow__${field}`]: 6 };
    expect((await update('Account', id, body, { user: 'integration' })).status).toBe(400);
  });

  test('comes after system validation and before duplicate rules', async () => {
    await org.seed([{ Name: 'A', Site: 'Same' }]);
    await settings({
      validationRules: [{ ...rule, field: 'Site', whenEquals: 'Same' }],
      duplicateRules: [{ name: 'D', matchOn: ['Site'], action: 'Block' }],
    });
    const codes = async (body: object): Promise<unknown> =>
      ((await create('Account', body)).body as { errorCode: string }[]).map((entry) => entry.errorCode);
    expect(await codes({ Site: 'Same', Rating: 'r'.repeat(256) })).toEqual(['STRING_TOO_LONG']);
    expect(await codes({ Site: 'Same' })).toEqual(['REQUIRED_FIELD_MISSING']);
    expect(await codes({ Name: 'B', Site: 'Same' })).toEqual(['FIELD_CUSTOM_VALIDATION_EXCEPTION']);
  });
});

const mistakes: [settings: object, says: string][] = [
  [{ validationRules: [{ ...rule, field: 'Nope' }] }, 'validationRules.0: Account has no field Nope.'],
  [
    { validationRules: [{ ...rule, object: 'Acount', field: 'Name' }] },
    'validationRules.0: the org has no object Acount.',
  ],
  [
    { validationRules: [{ ...rule, field: 'Name', errorField: 'Nope' }] },
    'validationRules.0: Account has no field Nope.',
  ],
  [
    { duplicateRules: [{ name: 'D', matchOn: ['Name', 'Nope'], action: 'Alert' }] },
    'duplicateRules.0: Account has no field Nope.',
  ],
  [{ triggers: [{ name: 'T', set: { Nope: 1 } }] }, 'triggers.0: Account has no field Nope.'],
  [{ triggers: [{ name: 'T', touchParent: 'Nope' }] }, 'triggers.0: Account has no field Nope.'],
  [{ assignmentRules: [{ field: 'Nope', owner: 'rep' }] }, 'assignmentRules.0: Account has no field Nope.'],
  [
    { requiredFields: [{ object: 'Contact', field: 'Nope' }] },
    'requiredFields.0: Contact has no field Nope.',
  ],
  [{ sharing: { Nope: 'Private' } }, 'sharing: the org has no object Nope.'],
  [{ labels: { 'Account.Nope': 'Non' } }, 'labels: Account has no field Nope.'],
];

test.each(mistakes)('%j is refused, as it would never fire', async (change, says) => {
  expect(await settings(change)).toMatchObject({ status: 400, body: { error: says } });
});

describe('required fields', () => {
  test('are all told at once, on any object', async () => {
    await settings({ requiredFields: [{ object: 'Contact', field: 'Title' }] });
    const reply = await create('Contact', { FirstName: 'Ann' });
    expect(reply.body).toEqual([
      {
        message: 'Required fields are missing: [LastName, Title]',
        errorCode: 'REQUIRED_FIELD_MISSING',
        fields: ['LastName', 'Title'],
      },
    ]);
  });

  test('cannot be cleared, and may be left out of an update', async () => {
    const [id = ''] = await org.seed([{ Name: 'A' }]);
    await settings({ requiredFields: [{ object: 'Account', field: 'Site' }] });
    expect((await update('Account', id, { Phone: '1' })).status).toBe(204);
    expect((await update('Account', id, { Site: '' })).body).toMatchObject([{ fields: ['Site'] }]);
  });

  test('have no field-level security, and describe says that they are required', async () => {
    await settings({ requiredFields: [{ object: 'Account', field: 'Shared_Identifier__c' }] });
    const { body } = await org.call('/sobjects/Account/describe', { user: 'rep' });
    const { fields } = body as { fields: { name: string }[] };
    expect(fields.find((field) => field.name === 'upflow__Shared_Identifier__c')).toMatchObject({
      nillable: false,
      permissionable: false,
    });
  });
});

describe('the words of the platform', () => {
  const tooLong = { Name: 'A', Site: 's'.repeat(81) };

  test('use the label that the admin gave the field', async () => {
    await settings({ labels: { 'account.site': 'Branch' } });
    expect((await create('Account', tooLong)).body).toMatchObject([
      { message: `Branch: data value too large: ${tooLong.Site} (max length=80)` },
    ]);
    const { body } = await org.call('/sobjects/Account/describe', { user: 'admin' });
    expect(JSON.stringify(body)).toContain('"label":"Branch"');
  });

  test('are in the language of the org, which clients cannot tell from the code', async () => {
    await settings({ language: 'fr', labels: { 'Account.Site': 'Établissement' } });
    const [entry] = (await create('Account', tooLong)).body as { errorCode: string; message: string }[];
    expect(entry).toMatchObject({ errorCode: 'STRING_TOO_LONG', fields: ['Site'] });
    expect(entry?.message).toMatch(/^Établissement : /);
    expect(entry?.message).not.toContain('too large');
    const [missing] = (await create('Account', {})).body as { errorCode: string; message: string }[];
    expect(missing?.message).toBe('Champs requis manquants : [Name]');
  });
});

test.each(['a@b', 'no at', 'two@@at.example', 'x@dot.'])('%s is no email address', async (Email) => {
  const reply = await create('Contact', { LastName: 'Doe', Email });
  expect(reply.body).toEqual([
    {
      message: `Email: invalid email address: ${Email}`,
      errorCode: 'INVALID_EMAIL_ADDRESS',
      fields: ['Email'],
    },
  ]);
});

describe('in an org with several currencies', () => {
  beforeEach(() => settings({ multiCurrency: true, inactiveCurrencies: ['CAD'] }));

  test('a record without a currency has that of the company', async () => {
    const id = idOf(await create('Account', { Name: 'A' }));
    expect(await org.rows(`SELECT CurrencyIsoCode FROM Account WHERE Id = '${id}'`)).toMatchObject([
      { CurrencyIsoCode: 'USD' },
    ]);
  });

  test.each(['XXX', 'CAD'])('%s is refused', async (CurrencyIsoCode) => {
    const reply = await create('Account', { Name: 'A', CurrencyIsoCode });
    expect(reply.body).toMatchObject([
      {
        errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
        message: `Currency ISO Code: bad value for restricted picklist field: ${CurrencyIsoCode}`,
        fields: ['CurrencyIsoCode'],
      },
    ]);
  });

  test('queries tell which currencies are active', async () => {
    expect(await org.rows("SELECT IsActive FROM CurrencyType WHERE IsoCode = 'CAD'")).toMatchObject([
      { IsActive: false },
    ]);
  });
});
