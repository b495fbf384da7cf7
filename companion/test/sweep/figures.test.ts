import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { figuresOf, rate, type ToldFigures } from '../../src/sweep/figures.ts';
import { readInvoice, readPayment } from '../../src/sweep/read-entities.ts';
import { openSums } from '../../src/sweep/sum-invoices.ts';

const TODAY = '2026-12-01';
const UNTOLD: ToldFigures = {
  currency: 'USD',
  balance: null,
  amountDue: null,
  amountOverdue: null,
  countInvoicesDue: null,
  countInvoicesOverdue: null,
};

/** The day so many days before today. */
const ago = (days: number) => new Date(Date.parse(TODAY) - days * 86_400_000).toISOString().slice(0, 10);

interface Given {
  /** Days since it was due; negative while it is due. */
  late: number;
  gross: number;
  outstanding?: number;
  state?: string;
  currency?: string;
  /** Days since it was paid. */
  paid?: number;
}

/** The figures of a customer with these invoices, read in the shapes of the API. */
function figures(invoices: Given[], told: Partial<ToldFigures> = {}, credits: object[] = []) {
  const sums = openSums(TODAY);
  const items = invoices.map((given, index) => ({
    id: `i-${index}`,
    customerId: 'c',
    dueDate: ago(given.late),
    currency: given.currency ?? 'USD',
    grossAmount: given.gross,
    amountOutstanding: given.outstanding ?? (given.paid === undefined ? given.gross : 0),
    state: given.state ?? (given.paid === undefined ? (given.late > 0 ? 'OVERDUE' : 'DUE') : 'PAID'),
  }));
  for (const [index, { paid, gross }] of invoices.entries()) {
    if (paid === undefined) continue;
    const payment = readPayment({
      customer: { id: 'c' },
      currency: 'USD',
      amount: gross,
      amountLinked: gross,
      validatedAt: ago(paid),
      linkedInvoices: [{ linkedAmount: gross, invoice: { id: `i-${index}`, paidDate: ago(paid) } }],
    });
    if (payment !== undefined) sums.addPayment(payment);
  }
  for (const credit of credits) {
    const read = readPayment({ customer: { id: 'c' }, currency: 'USD', ...credit });
    if (read !== undefined) sums.addCredit(read);
  }
  for (const item of items) {
    const invoice = readInvoice(item);
    if (invoice !== undefined) sums.addInvoice(invoice);
  }
  return figuresOf({ ...UNTOLD, ...told }, sums.of('c'));
}

describe('the average payment delay', () => {
  test('is weighed by amounts: 140 at 7 days, 85 at 55 and 214 at 10 are 17.8, which is rated A', () => {
    const given = [
      { late: 7, gross: 140 },
      { late: 55, gross: 85 },
      { late: 10, gross: 214 },
    ];
    expect(figures(given)).toMatchObject({ averagePaymentDelay: 17.8, rating: 'A' });
  });

  test('of a paid invoice ends with the day it was paid, of an overdue one today', () => {
    expect(figures([{ late: 20, gross: 100, paid: 12 }]).averagePaymentDelay).toBe(8);
    expect(figures([{ late: 20, gross: 100 }]).averagePaymentDelay).toBe(20);
  });

  test('of a disputed invoice that is late goes on, as the invoice stays overdue', () => {
    expect(figures([{ late: 9, gross: 100, state: 'DISPUTED' }]).averagePaymentDelay).toBe(9);
  });

  test('is negative for somebody who pays early, and never minus zero', () => {
    expect(figures([{ late: 3, gross: 100, paid: 8 }]).averagePaymentDelay).toBe(-5);
    expect(Object.is(figures([{ late: 3, gross: 100, paid: 3 }]).averagePaymentDelay, 0)).toBe(true);
  });

  test('is blank without a paid or an overdue invoice, and then so is the rating', () => {
    expect(figures([{ late: -5, gross: 100 }])).toMatchObject({ averagePaymentDelay: null, rating: null });
    expect(figures([])).toMatchObject({ averagePaymentDelay: null, rating: null });
  });

  test('weighs a partly paid invoice with its whole amount', () => {
    const given = [
      { late: 10, gross: 100, outstanding: 1 },
      { late: 20, gross: 100 },
    ];
    expect(figures(given).averagePaymentDelay).toBe(15);
  });

  test('leaves out an invoice that the API tells no payment day of', () => {
    expect(figures([{ late: 20, gross: 100, outstanding: 0, state: 'PAID' }]).averagePaymentDelay).toBeNull();
  });

  test('leaves out cancelled, voided and written-off invoices', () => {
    const states = ['CANCELLED', 'VOIDED', 'WRITTEN_OFF', 'DRAFT', 'UNSENT'];
    expect(figures(states.map((state) => ({ late: 50, gross: 100, state })))).toMatchObject({
      averagePaymentDelay: null,
      amountOverdue: 0,
      countInvoicesOverdue: 0,
    });
  });

  test('is blank when an invoice of another currency would count, because no rate is known', () => {
    const given = [
      { late: 10, gross: 100 },
      { late: 20, gross: 100, currency: 'EUR' },
    ];
    expect(figures(given)).toMatchObject({ averagePaymentDelay: null, rating: null, ageing: null });
  });
});

describe('the rating', () => {
  test.each([
    [30, 'A'],
    [30.1, 'B'],
    [60, 'B'],
    [60.1, 'C'],
    [90, 'C'],
    [90.5, 'D'],
    [91, 'D'],
    [-20, 'A'],
  ])('of %d days is %s', (days, rating) => {
    expect(rate(days)).toBe(rating);
  });

  test('goes by the delay as it is shown: 30.04 is shown as 30 and rated A', () => {
    const given = [
      { late: 30, gross: 96 },
      { late: 31, gross: 4 },
    ];
    expect(figures(given)).toMatchObject({ averagePaymentDelay: 30, rating: 'A' });
  });
});

describe('the ageing', () => {
  test.each([
    [0, [0, 0, 0, 0]],
    [1, [5, 0, 0, 0]],
    [30, [5, 0, 0, 0]],
    [31, [0, 5, 0, 0]],
    [60, [0, 5, 0, 0]],
    [61, [0, 0, 5, 0]],
    [90, [0, 0, 5, 0]],
    [91, [0, 0, 0, 5]],
  ])('puts what is %d days late where it belongs; what is due today is not late', (late, buckets) => {
    expect(Object.values(figures([{ late, gross: 5 }]).ageing ?? {})).toEqual(buckets);
  });

  test('adds up to the overdue amount, whatever the invoices', () => {
    const invoice = fc.record({
      late: fc.integer({ min: -200, max: 400 }),
      gross: fc.integer({ min: 1, max: 1e9 }),
    });
    fc.assert(
      fc.property(fc.array(invoice), (given) => {
        const { ageing, amountOverdue, amountDue, amountOutstanding } = figures(given);
        const late = Object.values(ageing ?? {}).reduce((sum, amount) => sum + amount, 0);
        expect(late).toBe(amountOverdue);
        expect(amountOutstanding).toBe((amountDue ?? 0) + (amountOverdue ?? 0));
      }),
    );
  });
});

test('what the API tells of the customer itself is taken as told', () => {
  expect(figures([{ late: 5, gross: 100 }], { balance: 7, amountDue: 1, amountOverdue: 9 })).toMatchObject({
    amountOutstanding: 7,
    amountDue: 1,
    amountOverdue: 9,
  });
});

test('what is not matched to an invoice lowers the outstanding amount, below zero if need be', () => {
  const credits = [{ amount: 150, amountLinked: 30 }];
  expect(figures([{ late: 5, gross: 100 }], {}, credits).amountOutstanding).toBe(-20);
});

test('the oldest overdue day and the last payment are told', () => {
  const given = [
    { late: 5, gross: 1 },
    { late: 50, gross: 1 },
    { late: 80, gross: 1, paid: 2 },
  ];
  expect(figures(given)).toMatchObject({ oldestOverdueDueDate: ago(50), lastPaymentAt: ago(2) });
});

test('an item that is no invoice is left out, and so is a payment of nobody', () => {
  expect(readInvoice({ id: 'x' })).toBeUndefined();
  expect(readInvoice('x')).toBeUndefined();
  expect(readPayment({ amount: 5 })).toMatchObject({ customerId: undefined, unapplied: 5 });
});
