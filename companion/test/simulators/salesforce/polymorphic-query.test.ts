import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mustFindObject } from '../../../simulators/salesforce/schema/build-schema.ts';
import {
  defineLookup,
  type FieldDefinition,
} from '../../../simulators/salesforce/schema/field-definition.ts';
import { openSimulator, type TestOrg } from './open-simulator.ts';

let org: TestOrg;

beforeAll(async () => {
  org = await openSimulator();
  const { fields } = mustFindObject(org.simulator.org.schema, 'Account');
  const lookup = defineLookup('AboutId', 'About', 'Contact', {
    referenceTo: ['Contact', 'User'],
    permissionable: false,
  });
  (fields as Map<string, FieldDefinition>).set('aboutid', lookup);
  // What users see follows from rows and settings; this lookup is neither.
  org.simulator.org.changeSettings({});
  const [contact] = await org.rows("SELECT Id FROM Contact WHERE LastName = 'Achterberg' LIMIT 1");
  await org.seed([
    { Name: 'About a contact', AboutId: contact?.Id },
    { Name: 'About a user', AboutId: org.simulator.org.users.rep.id },
    { Name: 'About nobody' },
  ]);
});
afterAll(() => org.close());

const ask = (columns: string): Promise<Record<string, unknown>[]> =>
  org.rows(`SELECT ${columns} FROM Account WHERE Name LIKE 'About%' ORDER BY Name`);

test('TYPEOF shows the fields that fit what a lookup leads to', async () => {
  const rows = await ask('TYPEOF About WHEN User THEN Username ELSE LastName END');
  expect(rows.slice(0, 2).map((row) => row.About)).toMatchObject([
    { attributes: { type: 'Contact' }, LastName: 'Achterberg' },
    { attributes: { type: 'User' }, Username: 'ruben.castellanos@larkfield-systems.example' },
  ]);
  expect(rows[2]?.About).toBeNull();
});

test('a path through such a lookup reaches what all its objects have', async () => {
  const rows = await ask('About.Name');
  expect(rows.slice(0, 2).map((row) => row.About)).toMatchObject([
    { attributes: { type: 'Name' }, Name: 'Rosalind Achterberg' },
    { attributes: { type: 'Name' }, Name: 'Ruben Castellanos' },
  ]);
});
