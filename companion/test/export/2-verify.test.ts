import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { readSecret, verifyPush, type HeaderName } from '../../src/export/2-verify.ts';

const secret = newSecret();
const now = new Date('2026-11-22T10:15:30Z');
const body = '{"type":"customer.updated"}';

function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

function headersFor(text: string, { at = now, id = 'push_1', by = secret } = {}): Record<HeaderName, string> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(by).sign(id, at, text),
  };
}

function verify(headers: Partial<Record<HeaderName, string>>, text = body, secrets = [secret]) {
  return verifyPush((name) => headers[name], Buffer.from(text), secrets.map(readSecret), now);
}

test('a push signed by the reference library is believed, and its id is read', () => {
  expect(verify(headersFor(body))).toEqual({ verified: true, pushId: 'push_1' });
});

test('any text at all is believed when signed, and not after a change to it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ minLength: 1 }), (text, addition) => {
      const headers = headersFor(text);
      expect(verify(headers, text)).toMatchObject({ verified: true });
      expect(verify(headers, text + addition)).toMatchObject({ verified: false, problem: 'wrong-signature' });
    }),
  );
});

describe('while a secret is being rotated', () => {
  const next = newSecret();

  test('pushes signed with either live secret are believed', () => {
    for (const by of [secret, next]) {
      expect(verify(headersFor(body, { by }), body, [next, secret])).toMatchObject({ verified: true });
    }
  });

  test('a push that carries the signatures of both is believed by a side that knows one', () => {
    const both = `${headersFor(body)['webhook-signature']} ${headersFor(body, { by: next })['webhook-signature']}`;
    expect(verify({ ...headersFor(body), 'webhook-signature': both }, body, [next])).toMatchObject({
      verified: true,
    });
  });

  test('the old secret is refused once it was taken away', () => {
    expect(verify(headersFor(body), body, [next])).toMatchObject({
      verified: false,
      problem: 'wrong-signature',
    });
  });
});

describe('a push is refused when', () => {
  const shifted = (seconds: number) => headersFor(body, { at: new Date(now.getTime() + seconds * 1000) });

  test.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const)('%s is missing', (name) => {
    const { [name]: _missing, ...headers } = headersFor(body);
    expect(verify(headers)).toMatchObject({
      verified: false,
      problem: 'missing-header',
      detail: expect.stringContaining(name),
    });
  });

  test('it was signed five minutes and a second ago, or is that far ahead', () => {
    expect(verify(shifted(-301))).toMatchObject({ problem: 'old-timestamp' });
    expect(verify(shifted(301))).toMatchObject({ problem: 'early-timestamp' });
    expect(verify(shifted(-300))).toMatchObject({ verified: true });
    expect(verify(shifted(300))).toMatchObject({ verified: true });
  });

  test('its timestamp is moved without signing again', () => {
    const headers = { ...headersFor(body), 'webhook-timestamp': String(now.getTime() / 1000 + 1) };
    expect(verify(headers)).toMatchObject({ problem: 'wrong-signature' });
  });

  test('its id is changed without signing again', () => {
    expect(verify({ ...headersFor(body), 'webhook-id': 'push_2' })).toMatchObject({
      problem: 'wrong-signature',
    });
  });

  test.each(['1763806530abc', '', '-5', '1e9', '17638065301234567'])('its timestamp is %p', (timestamp) => {
    expect(verify({ ...headersFor(body), 'webhook-timestamp': timestamp })).toMatchObject({
      problem: 'bad-header',
    });
  });

  test.each(['', 'v1,', 'v1,AAAA', 'v1a,AAAA', 'no comma', 'v1,é'])('its signature is %p', (signature) => {
    expect(verify({ ...headersFor(body), 'webhook-signature': signature })).toMatchObject({
      problem: 'wrong-signature',
    });
  });

  test('its id has spaces or is too long', () => {
    for (const id of ['two words', 'x'.repeat(256)]) {
      expect(verify(headersFor(body, { id }))).toMatchObject({ problem: 'bad-header' });
    }
  });
});

test('the reason for a refusal never shows the secret or the expected signature', () => {
  const { detail } = verify(headersFor(body, { by: newSecret() })) as { detail: string };
  expect(detail).not.toContain(secret.slice(6));
  expect(detail).not.toContain(headersFor(body)['webhook-signature'].slice(3));
});

test.each([
  '',
  'whsec_',
  'abc',
  `whsec_${randomBytes(8).toString('base64')}`,
  'whsec_!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!',
])('the secret %p is refused with the form it should have', (bad) => {
  expect(() => readSecret(bad)).toThrow('whsec_');
});
