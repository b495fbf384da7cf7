import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readSalesforceOrigin } from '../../src/salesforce/allow-origin.ts';

test.each([
  'login.salesforce.com',
  'test.salesforce.com',
  'acme.my.salesforce.com',
  'acme--uat.sandbox.my.salesforce.com',
  'acme-dev-ed.develop.my.salesforce.com',
])('%s is contacted over https', (host) => {
  expect(readSalesforceOrigin(host)).toBe(`https://${host}`);
  expect(readSalesforceOrigin(`https://${host}`)).toBe(`https://${host}`);
  expect(readSalesforceOrigin(`https://${host}/`)).toBe(`https://${host}`);
});

describe('is never contacted:', () => {
  test.each([
    '',
    'salesforce.com',
    'my.salesforce.com',
    '.my.salesforce.com',
    'evil.com',
    'acme.my.salesforce.com.evil.com',
    'evil.com/acme.my.salesforce.com',
    'evil.com#acme.my.salesforce.com',
    'evil.com?acme.my.salesforce.com',
    'evil.com\\@acme.my.salesforce.com',
    'user@acme.my.salesforce.com',
    'acme.my.salesforce.com@evil.com',
    'acme.my.salesforce.com:8443',
    'acme.my.salesforce.com.',
    'ACME.MY.SALESFORCE.COM',
    'acme.my.salesforce.com/path',
    'http://acme.my.salesforce.com',
    'ftp://acme.my.salesforce.com',
    'https://https://acme.my.salesforce.com',
    'a.b.my.salesforce.com',
    'acme.free.my.salesforce.com',
    'acme.my.salesforce-sites.com',
    'acme.my.salesforce.com\n',
    'acme.my.salesforce.com\r\nHost: evil.com',
    'acme.my.salesforce.com\0',
    ' acme.my.salesforce.com',
    'acme.my。salesforce.com',
    'xn--acme-epa.my.salesforce.com',
    '-acme.my.salesforce.com',
    'acme-.my.salesforce.com',
    '127.0.0.1',
    '127.1',
    '0x7f.1',
    '[::1]',
    'localhost',
    'http://127.0.0.1:3002',
  ])('%j', (host) => {
    expect(readSalesforceOrigin(host)).toBeUndefined();
  });

  test('anything that is not exactly one of the known shapes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.domain(), fc.ipV4(), fc.ipV6()), (host) => {
        expect(readSalesforceOrigin(host)).toBeUndefined();
      }),
    );
  });
});

test('a simulator is contacted only on this machine, and only when it was named', () => {
  const simulator = 'http://127.0.0.1:3002';
  expect(readSalesforceOrigin(simulator, simulator)).toBe(simulator);
  expect(readSalesforceOrigin('http://127.0.0.1:3003', simulator)).toBeUndefined();
  expect(readSalesforceOrigin('http://10.0.0.1:3002', 'http://10.0.0.1:3002')).toBeUndefined();
  expect(readSalesforceOrigin('http://127.0.0.1.evil.com', 'http://127.0.0.1.evil.com')).toBeUndefined();
});
