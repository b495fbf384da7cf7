import { expect, test } from '@jest/globals';
import { readDomain } from '../../src/salesforce/read-domain.ts';

test.each([
  ['acme', 'https://acme.my.salesforce.com'],
  ['ACME', 'https://acme.my.salesforce.com'],
  ['  acme ', 'https://acme.my.salesforce.com'],
  ['acme--uat', 'https://acme--uat.sandbox.my.salesforce.com'],
  ['login', 'https://login.salesforce.com'],
  ['test', 'https://test.salesforce.com'],
  ['acme.my.salesforce.com', 'https://acme.my.salesforce.com'],
  ['Acme.My.Salesforce.com', 'https://acme.my.salesforce.com'],
  ['https://acme.my.salesforce.com/', 'https://acme.my.salesforce.com'],
  ['https://acme.my.salesforce.com/setup/home?x=1#top', 'https://acme.my.salesforce.com'],
  ['https://acme.lightning.force.com/lightning/page/home', 'https://acme.my.salesforce.com'],
  [
    'https://acme.my.salesforce-setup.com/lightning/setup/SetupOneHome/home',
    'https://acme.my.salesforce.com',
  ],
  ['acme--uat.sandbox.lightning.force.com', 'https://acme--uat.sandbox.my.salesforce.com'],
  ['https://acme--uat.sandbox.my.salesforce.com', 'https://acme--uat.sandbox.my.salesforce.com'],
  ['acme-dev-ed.develop.my.salesforce.com', 'https://acme-dev-ed.develop.my.salesforce.com'],
  ['https://login.salesforce.com/?locale=fr', 'https://login.salesforce.com'],
])('%s stands for %s', (text, origin) => {
  expect(readDomain(text)).toEqual({ origin });
});

test('what is no address of an org is refused with what is asked for', () => {
  expect(readDomain('')).toEqual({ problem: expect.stringContaining('My Domain name') });
  expect(readDomain('https://example.com')).toEqual({
    problem: expect.stringContaining('.my.salesforce.com'),
  });
});

test('an address of the simulator is read only where one was named', () => {
  expect(readDomain('http://127.0.0.1:3002/lightning/page/home', 'http://127.0.0.1:3002')).toEqual({
    origin: 'http://127.0.0.1:3002',
  });
  expect(readDomain('http://127.0.0.1:3002')).toHaveProperty('problem');
  expect(readDomain('http://127.0.0.1:3003', 'http://127.0.0.1:3002')).toHaveProperty('problem');
});
