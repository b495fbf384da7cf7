import { z } from 'zod';
import { readBody } from '../api/api-problem.ts';
import { touchCustomer } from '../push-customers.ts';
import type { LinkedList } from '../store/links.ts';
import type { Row } from '../store/rows.ts';
import type { UpflowOrganization } from '../upflow-organization.ts';
import { linkMoney, settleAfter } from './link-money.ts';
import { findLinked } from './save-money.ts';
import { identifier, minorUnits, optionalText } from './shapes.ts';

const parts = z
  .array(
    z.looseObject({
      id: optionalText,
      externalId: optionalText,
      customId: optionalText,
      amountLinked: minorUnits.min(1, 'must be more than 0'),
    }),
    'must be a list',
  )
  .default([]);
const reconcileShape = z.looseObject({
  externalId: identifier,
  invoices: parts,
  payments: parts,
  creditNotes: parts,
  refunds: parts,
});

interface Part {
  list: LinkedList;
  row: Row;
  rest: number;
}

/** Matches payments and credit notes with invoices and refunds; the same external id again takes the place of what it did. */
export function reconcile(organization: UpflowOrganization, body: unknown): void {
  const { externalId, invoices, payments, creditNotes, refunds } = readBody(reconcileShape, body);
  const read = (list: LinkedList, given: z.infer<typeof parts>): Part[] =>
    given.map((part) => ({ list, row: findLinked(organization, list, part), rest: part.amountLinked }));
  const money = [...read('payments', payments), ...read('credit_notes', creditNotes)];
  const owed = [...read('invoices', invoices), ...read('refunds', refunds)];

  const removed = organization.links.removeReconciled(externalId);
  settleAfter(organization, removed);
  for (const source of money) {
    for (const target of owed) {
      const amount = Math.min(source.rest, target.rest);
      if (amount <= 0) continue;
      // A refund gives back a payment, as if it had been linked to it by itself.
      const [from, to] = target.list === 'refunds' ? [target, source] : [source, target];
      const link = { from: from.list, to: to.list, amount, reconcile: externalId };
      linkMoney(organization, link, from.row, to.row);
      source.rest -= amount;
      target.rest -= amount;
    }
  }
  for (const { row } of [...money, ...owed]) touchCustomer(organization, row.customer);
}
