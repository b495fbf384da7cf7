import { describe, expect, test } from '@jest/globals';
import { readRowError } from '../../src/salesforce/read-row-error.ts';
import type { FieldValues } from '../../src/salesforce/field-value.ts';
import { writeUpload } from '../../src/salesforce/write-csv.ts';
import { makeField } from '../support/make-field.ts';

const fields = new Map(
  [
    makeField('Amount__c', { type: 'currency', scale: 2 }),
    makeField('Delay__c', { type: 'double', scale: 1 }),
    makeField('Tiny__c', { type: 'double', scale: 8 }),
    makeField('Count__c', { type: 'double', scale: 0 }),
  ].map((field) => [field.name.toLowerCase(), field]),
);
const row = (accountId: string, values: FieldValues) => ({ accountId, fields: values });
const csvOf = (...values: FieldValues[]) =>
  writeUpload(
    values.map((each, index) => row(`A${index}`, each)),
    fields,
  ).upload.csv;

describe('an upload', () => {
  test('leaves a cell empty where a row does not change the field, and says #N/A where it clears it', () => {
    expect(csvOf({ B: 'x', A: null }, { C: '2026-11-22' })).toBe('Id,A,B,C\nA0,#N/A,x,\nA1,,,2026-11-22\n');
  });

  test('writes numbers with the decimals of their field, and never with an exponent', () => {
    const numbers = { Amount__c: 6214.5, Count__c: 3, Delay__c: -0.1, Tiny__c: 1e-7 };
    expect(csvOf(numbers, { Amount__c: 1e21 })).toBe(
      'Id,Amount__c,Count__c,Delay__c,Tiny__c\nA0,6214.50,3,-0.1,0.00000010\nA1,1000000000000000000000,,,\n',
    );
  });

  test('keeps line ends, quotes, commas and spaces of texts, and the words of truth', () => {
    expect(csvOf({ T: ' a "b",\nc ', U: true, V: '2026-11-22T10:15:30.123Z' })).toBe(
      'Id,T,U,V\nA0," a ""b"",\nc ",true,2026-11-22T10:15:30.123Z\n',
    );
  });

  test('clears the field of a blank text, as JSON does', () => {
    expect(csvOf({ T: '' }, { T: '  ' })).toBe('Id,T\nA0,#N/A\nA1,#N/A\n');
  });

  test('leaves out what it cannot say: a text that reads as null, line ends of Windows, a text beyond a cell', () => {
    const unfit = ['#N/A', ' #N/A', 'a\r\nb', 'x'.repeat(32_001)].map((T, index) => row(`U${index}`, { T }));
    const plan = writeUpload([...unfit, row('A1', { T: 'y' }), row('A0', { T: 'x' })], fields);
    expect(plan.upload.csv).toBe('Id,T\nA0,x\nA1,y\n');
    expect(plan.upload.updates.map(({ accountId }) => accountId)).toEqual(['A0', 'A1']);
    expect(plan.unfit).toEqual(unfit);
  });

  test('ends where the next row would make it too large; the rest waits for the next one', () => {
    const plan = writeUpload([row('A0', { T: 'ä' }), row('A1', { T: 'ä' })], fields, 16);
    expect(plan.upload.csv).toBe('Id,T\nA0,"ä"\n');
    expect(plan.rest).toEqual([row('A1', { T: 'ä' })]);
  });
});

describe('why a job refused a row', () => {
  test.each([
    [
      'UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record:--',
      'UNABLE_TO_LOCK_ROW',
      'unable to obtain exclusive access to this record',
      [],
    ],
    [
      'STRING_TOO_LONG:Workflow: data value too large: a:b -- c (max length=255):Workflow__c --',
      'STRING_TOO_LONG',
      'Workflow: data value too large: a:b -- c (max length=255)',
      ['Workflow__c'],
    ],
    ['A_CODE:one\ntwo:A__c,B__c --B_CODE:three:--', 'A_CODE', 'one\ntwo', ['A__c', 'B__c']],
    ['A_CODE:cut of', 'A_CODE', 'cut of', []],
    ['something else', 'UNKNOWN_EXCEPTION', 'something else', []],
    ['', 'UNKNOWN_EXCEPTION', 'Salesforce gave no reason', []],
  ])('is read from %j', (text, code, message, names) => {
    expect(readRowError(text)).toEqual({ ok: false, code, message, fields: names });
  });
});
