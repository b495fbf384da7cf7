import { expect, test } from '@jest/globals';
import { makeId, normalizeId } from '../../../simulators/salesforce/org/salesforce-ids.ts';

test.each([
  ['a0D30000001n7Pi', 'a0D30000001n7PiEAI'],
  ['001000000000000', '001000000000000AAA'],
  ['012000000000000', '012000000000000AAA'],
])('%s has 18 characters as %s', (short, long) => {
  expect(normalizeId(short)).toBe(long);
  expect(normalizeId(long)).toBe(long);
});

test('an 18-character id whose case was lost is the same id', () => {
  expect(normalizeId('a0d30000001n7pieai')).toBe('a0D30000001n7PiEAI');
});

test.each(['', 'x', '001000000000ABC!', 'a0D30000001n7PiE', '0010000000000001'])('%p is no id', (text) => {
  expect(normalizeId(text)).toBeNull();
});

test('ids of one org are distinct even where case is all that differs', () => {
  const ids = Array.from({ length: 500 }, (_, serial) => makeId('001', 'Ab', serial));
  expect(new Set(ids.map((id) => id.toLowerCase())).size).toBe(500);
  expect(ids.every((id) => normalizeId(id.slice(0, 15)) === id)).toBe(true);
});
