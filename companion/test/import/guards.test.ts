import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Connection as Calls } from 'jsforce';
import { CONTACT_FIELDS, NO_IMPORT } from '../../src/connect/import-settings.ts';
import { chooseColumns } from '../../src/import/choose-columns.ts';
import { refuseVanished } from '../../src/import/import-context.ts';
import { UpflowCallError } from '../../src/upflow/call-error.ts';
import { openImport, type TestImport } from './open-import.ts';

let acme: TestImport;
beforeAll(async () => {
  acme = await openImport();
  await acme.settings({ owners: true, contacts: true });
});
afterAll(() => acme.close());

/** An org whose Contact has only these fields for our user. */
const orgWith = (contactFields: readonly string[]) =>
  ({
    sobject: (object: string) => ({
      describe: () => {
        const names = object === 'Contact' ? contactFields : ['Id', 'Name'];
        return Promise.resolve({ fields: names.map((name) => ({ name, type: 'string' })) });
      },
    }),
  }) as unknown as Calls;

test('contacts are not read while a field that they all are read with is hidden, and the field is named', async () => {
  const pair = { upflow: 'externalId', salesforce: 'Name' } as const;
  const settings = { ...NO_IMPORT, contacts: true };
  const seen = CONTACT_FIELDS.filter((field) => field !== 'Email');
  await expect(chooseColumns(orgWith(seen), pair, settings)).rejects.toThrow('cannot see Contact.Email');
  await expect(chooseColumns(orgWith(CONTACT_FIELDS), pair, settings)).resolves.toBeDefined();
  const filter = { field: 'Department', operator: 'equals', values: ['Finance'] } as const;
  const filtered = { ...settings, filter: { ...filter, values: [...filter.values] } };
  await expect(chooseColumns(orgWith(CONTACT_FIELDS), pair, filtered)).rejects.toThrow('Contact.Department');
});

test.each([
  [0, 1, true],
  [80, 0, false],
  [50, 60, false],
  [50, 101, true],
  [200, 150, false],
])(
  'when %i records are seen and %i are missing, that they vanished is doubted: %s',
  (seen, unseen, doubted) => {
    const judge = () => refuseVanished('Contact', { seen, unseen });
    if (doubted) expect(judge).toThrow(`Only ${seen} Contacts can be seen`);
    else expect(judge).not.toThrow();
  },
);

test('an owner that Upflow refuses is reported, and everything else is sent', async () => {
  const refused = acme.addUser({ Email: 'refused@sales.example' });
  acme.addPair('a-refused', { OwnerId: refused }, [{ Email: 'ap@refused.example' }]);
  const fine = acme.addUser({ Email: 'fine@sales.example' });
  acme.addPair('b-fine', { OwnerId: fine }, [{ Email: 'ap@fine.example' }]);
  acme.upflow.interfere = (call, when) => {
    if (call === 'POST /users' && when === 'before' && acme.upflow.users.length === 0) {
      acme.upflow.users.push({
        id: 'u',
        email: 'x@x.example',
        firstName: null,
        lastName: null,
        status: 'ACTIVE',
      });
      throw new UpflowCallError('rejected', 'No such domain.', 422);
    }
  };
  const run = await acme.run();
  acme.upflow.interfere = undefined;
  expect(run.state).toBe('done');
  expect(await acme.skipped(run.id)).toMatchObject({ 'owner-refused': 1 });
  expect(acme.upflow.customers.get('a-refused')?.contacts).toHaveLength(1);
  expect(acme.upflow.customers.get('b-fine')?.contacts).toHaveLength(1);
});

test('a contact whose change Upflow refuses stays as it was', async () => {
  const { contactIds } = acme.addPair('kept', {}, [{ Email: 'ap@kept.example', Phone: '+1 555' }]);
  await acme.run();
  acme.upflow.interfere = (call, when) => {
    const isChange = /^(PUT|POST) \/customers\/kept\/contacts/.test(call);
    if (isChange && when === 'before') throw new UpflowCallError('rejected', 'phone is no number.', 400);
  };
  acme.change('Contact', contactIds[0] ?? '', { Phone: 'call me' });
  const run = await acme.run();
  acme.upflow.interfere = undefined;
  expect(await acme.skipped(run.id)).toMatchObject({ 'contact-refused': 1 });
  expect(acme.upflow.customers.get('kept')?.contacts).toMatchObject([
    { email: 'ap@kept.example', phone: '+1 555' },
  ]);
});
