import { expect, test } from '@jest/globals';
import { ValueIndex } from '../../../simulators/salesforce/store/value-index.ts';

test('an index finds a row that is alone with its value, that shares it, and that is alone again', () => {
  const index = new ValueIndex(false);
  index.move('1', undefined, 'Gold');
  expect(index.find('gold')).toEqual(['1']);
  index.move('2', undefined, 'GOLD');
  index.move('3', undefined, 'Silver');
  expect(index.find('Gold')).toEqual(['1', '2']);
  index.move('1', 'Gold', 'Silver');
  expect(index.find('Gold')).toEqual(['2']);
  expect(index.find('Silver')).toEqual(['3', '1']);
  index.move('2', 'GOLD', undefined);
  expect(index.find('Gold')).toEqual([]);
});

test('a row that does not hold a value cannot take another row from it', () => {
  const index = new ValueIndex(true);
  index.move('1', undefined, 'Gold');
  index.move('2', 'Gold', undefined);
  expect(index.find('Gold')).toEqual(['1']);
});

test('an index gives the rows in the order of their values, from the least that is wanted', () => {
  const index = new ValueIndex(true);
  for (const [key, value] of Object.entries({ a: '2', b: '1', c: '3', d: '2' }))
    index.move(key, undefined, value);
  index.move('c', '3', '0');
  const list = (least: string | null, descending: boolean): string[][] =>
    [...index.inOrder({ least, descending })].map((keys) => [...keys]);
  expect(list(null, false)).toEqual([['c'], ['b'], ['a', 'd']]);
  expect(list('1', true)).toEqual([['a', 'd'], ['b']]);
  index.move('a', '2', undefined);
  expect(index.size).toBe(3);
});
