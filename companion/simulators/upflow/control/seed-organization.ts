import { z } from 'zod';
import type { UpflowOrganization } from '../upflow-organization.ts';

export const seedShape = z.strictObject({
  customers: z.int().min(1).max(1_000_000),
  invoicesPerCustomer: z.int().min(0).max(1000).default(10),
  externalIdPrefix: z.string().max(200).default('SEED-'),
});

/** A number that looks random, from 0 to 999, the same for the same row and salt. */
const random = (salt: number) => `(((n.i * 2654435761 + ${salt} * 40503) >> 9) % 1000)`;
const numbers = 'with recursive n(i) as (select 0 union all select i + 1 from n where i + 1 < ?)';
const uuid = (list: number, seq: string) => `printf('%08x-0000-7000-8000-%012x', ${list}, ${seq})`;

/** Fills the organization: made in SQLite itself, so that a million invoices are there in seconds. */
export function seedOrganization(
  organization: UpflowOrganization,
  { customers, invoicesPerCustomer, externalIdPrefix }: z.infer<typeof seedShape>,
): { customers: number; invoices: number; payments: number } {
  const { store } = organization;
  const now = organization.now().toISOString();
  const today = organization.today();
  const last = (list: string) =>
    store.all<{ seq: number | null }>(`select max(seq) seq from ${list}`)[0]?.seq ?? 0;
  const [lastCustomer, lastInvoice, lastPayment] = [last('customers'), last('invoices'), last('payments')];
  const invoices = customers * invoicesPerCustomer;

  // SQLite takes a number for a real one and divides it as such; a BigInt it takes for a whole one.
  const paid = organization.transact(() => {
    store.run(
      `${numbers} insert into customers (seq, id, externalId, createdAt, modifiedAt, name, body, details)
       select ?2 + 1 + i, ${uuid(1, '?2 + 1 + i')}, ?3 || (i + 1), ?4, ?4, 'Company ' || ?3 || (i + 1),
         json_object('currency', ?5, 'collectionStatus', 'ACTIVE'), '{}' from n`,
      ...[BigInt(customers), BigInt(lastCustomer), externalIdPrefix, now, organization.settings.currency],
    );
    if (invoices === 0) return 0;
    // Issued over the last 200 days, due after 30; two of three that are due since 20 days are paid, at most 40 days late.
    store.run(
      `${numbers}, made as (select i, ${random(1)} % 200 age, 10000 + ${random(2)} * ${random(3)} gross,
         ${random(4)} % 40 late, ${random(5)} % 3 luck from n)
       insert into invoices (seq, id, customer, createdAt, modifiedAt, customId, issuedAt, dueDate, currency,
         grossAmount, netAmount, amountOutstanding, paidDate)
       select ?2 + 1 + i, ${uuid(2, '?2 + 1 + i')}, ?3 + 1 + i / ?4, ?5, ?5, 'INV-' || (?2 + 1 + i),
         date(?6, (-age) || ' days'), date(?6, (30 - age) || ' days'), ?7, gross, gross * 5 / 6,
         case when age > 70 and luck > 0 then 0 else gross end,
         case when age > 70 and luck > 0 then date(?6, (30 - age + late) || ' days') end from made`,
      ...[
        BigInt(invoices),
        BigInt(lastInvoice),
        BigInt(lastCustomer),
        BigInt(invoicesPerCustomer),
        now,
        today,
        organization.settings.currency,
      ],
    );
    store.run(
      `insert into payments (seq, id, customer, createdAt, modifiedAt, currency, amount, validatedAt, instrument)
       select ?1 + row_number() over (order by seq), ${uuid(3, '?1 + row_number() over (order by seq)')}, customer,
         ?2, ?2, currency, grossAmount, paidDate, 'WIRE_TRANSFER' from invoices where seq > ?3 and paidDate is not null`,
      ...[BigInt(lastPayment), now, BigInt(lastInvoice)],
    );
    return store.run(
      `insert into links ("from", fromSeq, "to", toSeq, amount)
       select 'payments', ?1 + row_number() over (order by seq), 'invoices', seq, grossAmount
       from invoices where seq > ?2 and paidDate is not null`,
      ...[BigInt(lastPayment), BigInt(lastInvoice)],
    );
  });
  organization.refresh();
  return { customers, invoices, payments: paid };
}
