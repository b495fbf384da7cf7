import { createHash } from 'node:crypto';
import { sampleCompanies } from '../sample-companies.ts';
import { summarizeInvoices, type Invoice } from './summarize-invoices.ts';

/** A customer of the simulated Upflow: what a push carries, and the invoices behind it. */
export interface SimulatedCustomer {
  id: string;
  updatedAt: string;
  invoices?: Invoice[];
  [key: string]: unknown;
}

const WORKFLOWS = ['Standard', 'Enterprise', 'Small accounts'];
const ACTIONS = ['Friendly reminder', 'Second reminder', 'Call the accountant', 'Final notice'];

/** The 25 sample customers, the same at each start but for dates, which are counted from `now`. */
export function sampleCustomers(now: Date): SimulatedCustomer[] {
  return sampleCompanies.flatMap((company, index) =>
    company.sharedIdentifier === null
      ? []
      : [sampleCustomer(company.name, company.sharedIdentifier, company.currency, index, now)],
  );
}

function sampleCustomer(
  name: string,
  externalId: string,
  currency: string,
  index: number,
  now: Date,
): SimulatedCustomer {
  const id = uuidFor(`customer ${externalId}`);
  const random = randomFor(externalId);
  // Every seventh pays all on time; the others are late to very different degrees.
  const lateness = index % 7 === 3 ? 0 : 0.1 + random() ** 2 * 1.4;
  const invoices = Array.from({ length: 6 + Math.floor(random() * 14) }, (_, number) =>
    sampleInvoice(externalId, number, lateness, random, now),
  );
  const unapplied = random() < 0.2 ? Math.round(random() * 50_000) : 0;
  const summary = summarizeInvoices(invoices, unapplied, dayAfter(now, 0));
  const isPaused = index % 9 === 5;
  const hasSavedMethod = random() < 0.3;
  return {
    id,
    externalId,
    name,
    currency,
    ...summary,
    collectionStatus: isPaused ? 'PAUSED' : 'ACTIVE',
    pausedUntil: isPaused ? dayAfter(now, 12) : null,
    portal: {
      url: `https://pay.upflow.example/portal/${uuidFor(`portal ${externalId}`)}?token=${tokenFor(externalId)}`,
      expiresAt: new Date(now.getTime() + 60 * 86_400_000).toISOString(),
    },
    directUrl: `https://app.upflow.example/customers/${id}`,
    savedPaymentMethod: hasSavedMethod
      ? {
          type: random() < 0.5 ? 'CARD' : 'SEPA_DEBIT',
          lastPaymentStatus: random() < 0.8 ? 'SUCCEEDED' : 'FAILED',
        }
      : null,
    nextAction:
      summary.amountOverdue > 0 && !isPaused
        ? { name: pick(ACTIONS, random), dueDate: dayAfter(now, 1 + Math.floor(random() * 9)) }
        : null,
    workflow: { id: uuidFor(`workflow ${index % 3}`), name: WORKFLOWS[index % 3] },
    customFields: [
      {
        id: uuidFor('custom field Tier'),
        name: 'Tier',
        type: 'SELECT',
        value: pick(['Gold', 'Silver'], random),
      },
    ],
    updatedAt: now.toISOString(),
    invoices,
  };
}

function sampleInvoice(
  externalId: string,
  number: number,
  lateness: number,
  random: () => number,
  now: Date,
): Invoice {
  const age = Math.floor(random() * 200);
  const dueDate = dayAfter(now, 30 - age);
  const grossAmount = Math.round((300 + random() ** 3 * 60_000) * 100);
  const isPastDue = age > 30;
  const paysLateBy = Math.round(lateness * (0.25 + random()) * 130);
  const paidOnDay = 30 - age + paysLateBy;
  const isPaid = isPastDue && paidOnDay < 0;
  return {
    id: uuidFor(`invoice ${externalId} ${number}`),
    customId: `INV-${externalId}-${String(number + 1).padStart(3, '0')}`,
    issuedAt: dayAfter(now, -age),
    dueDate,
    grossAmount,
    amountOutstanding: isPaid ? 0 : grossAmount,
    paidAt: isPaid ? dayAfter(now, paidOnDay) : null,
  };
}

function dayAfter(now: Date, days: number): string {
  return new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}

function pick<Value>(values: readonly Value[], random: () => number): Value | undefined {
  return values[Math.floor(random() * values.length)];
}

/** A stable UUID (version 8) for a name. */
function uuidFor(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function tokenFor(name: string): string {
  return createHash('sha512').update(`portal token ${name}`).digest('base64url').repeat(3);
}

/** A small seeded generator (xorshift), so that the sample never changes by itself. */
function randomFor(seed: string): () => number {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0) || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
