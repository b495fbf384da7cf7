import { expect, test } from '@jest/globals';
import { summarizeOutcomes } from '../src/outcome.ts';

test('a push is pending while any of its customers is, and before it was looked at', () => {
  expect(summarizeOutcomes(['written', null])).toBeUndefined();
  expect(summarizeOutcomes([])).toBeUndefined();
});

test('a push of several customers ends as what most needs a person', () => {
  expect(summarizeOutcomes(['written', 'needs attention', 'unmatched'])).toBe('needs attention');
  expect(summarizeOutcomes(['unchanged', 'unmatched', 'written'])).toBe('unmatched');
  expect(summarizeOutcomes(['unchanged', 'written', 'superseded'])).toBe('written');
  expect(summarizeOutcomes(['superseded', 'unchanged'])).toBe('unchanged');
});
