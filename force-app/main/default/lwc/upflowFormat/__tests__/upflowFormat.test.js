import {
  chooseCurrency,
  countDaysSince,
  fill,
  formatDay,
  formatMoney,
  formatShare,
  isOlderThan,
  toSecureLink
} from 'c/upflowFormat';

describe('upflowFormat', () => {
  beforeEach(() => jest.useFakeTimers({ now: new Date('2026-11-22T10:00:00Z') }));
  afterEach(() => jest.useRealTimers());

  it('fills placeholders and leaves those without a value', () => {
    expect(fill('{0} of {1} {2}', 'a', 0)).toBe('a of 0 {2}');
  });

  it('writes each currency with its own decimals', () => {
    expect(formatMoney(1234.5, 'USD')).toBe('$1,234.50');
    expect(formatMoney(1234, 'JPY')).toBe('¥1,234');
    expect(formatMoney(-5, 'USD')).toBe('-$5.00');
  });

  it('takes the first real currency code', () => {
    expect(chooseCurrency(undefined, 'EUR')).toBe('EUR');
    expect(chooseCurrency('euro', null)).toBe('USD');
  });

  it('keeps small shares from reading as nothing', () => {
    expect(formatShare(0.42)).toBe('42%');
    expect(formatShare(0.004)).toBe('0.4%');
    expect(formatShare(0.0001)).toBe('<0.1%');
    expect(formatShare(0)).toBe('0%');
  });

  it('keeps the calendar day and counts whole days', () => {
    expect(formatDay('2026-08-14')).toBe('Aug 14, 2026');
    expect(countDaysSince('2026-11-20')).toBe(2);
  });

  it('calls figures old after 24 hours', () => {
    expect(isOlderThan('2026-11-21T10:00:01.000Z', 24)).toBe(false);
    expect(isOlderThan('2026-11-21T09:59:59.000Z', 24)).toBe(true);
    expect(isOlderThan(null, 24)).toBe(false);
  });

  it.each([
    'javascript:alert(1)',
    'http://pay.upflow.io',
    'data:text/html,x',
    'not a link',
    '',
    null,
    undefined
  ])('makes no link of %s', (address) => {
    expect(toSecureLink(address)).toBeUndefined();
  });

  it('keeps a secure address', () => {
    expect(toSecureLink(' https://pay.upflow.io/a?b=c ')).toBe('https://pay.upflow.io/a?b=c');
  });
});
