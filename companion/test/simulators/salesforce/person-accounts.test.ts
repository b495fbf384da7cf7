import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openSimulator, type TestOrg } from './open-simulator.ts';

let org: TestOrg;
let personType: string;
let businessType: string;

const fields = 'Name, IsPersonAccount, PersonContactId, PersonEmail, FirstName, LastName';

beforeAll(async () => {
  org = await openSimulator();
});
beforeEach(async () => {
  await org.control('POST', '/reset');
  await org.control('PUT', '/settings', { personAccounts: true });
  const types = await org.rows("SELECT Id, IsPersonType FROM RecordType WHERE SobjectType = 'Account'");
  personType = String(types.find((type) => type.IsPersonType === true)?.Id);
  businessType = String(types.find((type) => type.IsPersonType !== true)?.Id);
});
afterAll(() => org.close());

const create = (body: object, object = 'Account') =>
  org.call(`/sobjects/${object}`, { method: 'POST', user: 'admin', body });
const update = (id: string, body: object) =>
  org.call(`/sobjects/Account/${id}`, { method: 'PATCH', user: 'admin', body });
const createPerson = async (values: object = {}): Promise<string> => {
  const reply = await create({ RecordTypeId: personType, FirstName: 'Ada', LastName: 'Byron', ...values });
  return (reply.body as { id: string }).id;
};
const readOne = async (soql: string): Promise<Record<string, unknown>> => (await org.rows(soql))[0] ?? {};
const refusedName = (name: string) => ({
  errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
  message: `Unable to create/update fields: ${name}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
  fields: [name],
});

describe('a person account', () => {
  test('is one Account with a name made of its parts, and a Contact of its own', async () => {
    const id = await createPerson({ PersonEmail: 'ada@byron.example', Phone: '1' });
    const account = await readOne(`SELECT ${fields} FROM Account WHERE Id = '${id}'`);
    expect(account).toMatchObject({
      Name: 'Ada Byron',
      IsPersonAccount: true,
      PersonEmail: 'ada@byron.example',
    });
    const contact = await readOne(
      `SELECT AccountId, Name, Email, Phone FROM Contact WHERE Id = '${String(account.PersonContactId)}'`,
    );
    expect(contact).toMatchObject({
      AccountId: id,
      Name: 'Ada Byron',
      Email: 'ada@byron.example',
      Phone: '1',
    });
  });

  test('keeps its name and its Contact in step with later changes', async () => {
    const id = await createPerson();
    expect((await update(id, { LastName: 'Lovelace', PersonEmail: 'ada@new.example' })).status).toBe(204);
    const account = await readOne(`SELECT ${fields} FROM Account WHERE Id = '${id}'`);
    expect(account).toMatchObject({ Name: 'Ada Lovelace' });
    expect(await readOne(`SELECT LastName, Email FROM Contact WHERE AccountId = '${id}'`)).toMatchObject({
      LastName: 'Lovelace',
      Email: 'ada@new.example',
    });
    expect(await org.rows(`SELECT Id FROM Contact WHERE AccountId = '${id}'`)).toHaveLength(1);
  });

  test('refuses a Name of its own', async () => {
    const reply = await create({ RecordTypeId: personType, LastName: 'Byron', Name: 'Ada' });
    expect(reply).toMatchObject({ status: 400, body: [refusedName('Name')] });
    expect((await update(await createPerson(), { Name: 'Ada' })).body).toMatchObject([refusedName('Name')]);
  });

  test('needs a last name', async () => {
    expect((await create({ RecordTypeId: personType, FirstName: 'Ada' })).body).toMatchObject([
      { errorCode: 'REQUIRED_FIELD_MISSING', fields: ['LastName'] },
    ]);
  });

  test('takes its Contact with it into the recycle bin', async () => {
    const id = await createPerson();
    await org.call(`/sobjects/Account/${id}`, { method: 'DELETE', user: 'admin' });
    expect(await org.rows(`SELECT Id FROM Contact WHERE AccountId = '${id}'`)).toEqual([]);
  });
});

describe('a business account beside them', () => {
  test('still needs a Name, although describe says that it may be blank', async () => {
    expect((await create({ RecordTypeId: businessType })).body).toMatchObject([
      { errorCode: 'REQUIRED_FIELD_MISSING', fields: ['Name'] },
    ]);
  });

  test('has no fields of a person', async () => {
    const reply = await create({ Name: 'A', PersonEmail: 'a@a.example' });
    expect(reply.body).toMatchObject([refusedName('PersonEmail')]);
  });

  test('is what a record is that names no record type', async () => {
    const { id } = (await create({ Name: 'A' })).body as { id: string };
    expect(
      await readOne(`SELECT RecordTypeId, IsPersonAccount FROM Account WHERE Id = '${id}'`),
    ).toMatchObject({
      RecordTypeId: businessType,
      IsPersonAccount: false,
    });
  });
});

describe('a record type', () => {
  test.each(['012000000000000AAA', '012000000000ABCAA2', 'none'])(
    '%s is none of the object',
    async (value) => {
      expect(await create({ Name: 'A', RecordTypeId: value })).toMatchObject({
        status: 400,
        body: [
          {
            errorCode: 'INVALID_CROSS_REFERENCE_KEY',
            message: `Record Type ID: this ID value isn't valid for the user: ${value}`,
            fields: ['RecordTypeId'],
          },
        ],
      });
    },
  );

  test('that is not active is refused', async () => {
    const recordTypes = [{ object: 'Account', developerName: 'Old', name: 'Old', active: false }];
    await org.control('PUT', '/settings', { recordTypes });
    const old = await readOne("SELECT Id FROM RecordType WHERE DeveloperName = 'Old'");
    const reply = await create({ Name: 'A', RecordTypeId: old.Id });
    expect(reply.body).toMatchObject([
      { errorCode: 'INVALID_CROSS_REFERENCE_KEY', fields: ['RecordTypeId'] },
    ]);
  });
});
