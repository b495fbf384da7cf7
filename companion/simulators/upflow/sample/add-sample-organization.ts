import { sampleCompanies, type SampleCompany } from '../../sample-companies.ts';
import { figuresOfCustomers } from '../figures/figures-of-customers.ts';
import type { CustomerRow } from '../store/rows.ts';
import type { UpflowOrganization } from '../upflow-organization.ts';
import { addSampleInvoices } from './add-sample-invoices.ts';
import { dayAfter, pick, randomFor, uuidFor } from './sample-values.ts';

const WORKFLOWS = ['Standard', 'Enterprise', 'Small accounts'];
const ACTIONS = ['Friendly reminder', 'Second reminder', 'Call the accountant', 'Final notice'];
const TIER = { id: uuidFor('custom field Tier'), name: 'Tier', type: 'SELECT' };
/** The only user of Upflow before Salesforce's owners come. */
const FINANCE = { firstName: 'Nadia', lastName: 'Okonkwo', position: 'FINANCE_USER', status: 'JOINED' };

/** The 25 sample customers, the same at each start but for dates, which are counted from the organization's day. */
export function addSampleOrganization(organization: UpflowOrganization): void {
  const now = organization.now();
  const at = {
    externalId: null,
    customer: null,
    createdAt: now.toISOString(),
    modifiedAt: now.toISOString(),
  };
  WORKFLOWS.forEach((name, index) =>
    organization.dunningPlans.insert({
      ...{ ...at, id: uuidFor(`workflow ${index}`), name },
      ...{ mode: 'STANDARD', entity: 'CUSTOMER' },
    }),
  );
  organization.customFields.insert({ ...at, ...TIER, entity: 'CUSTOMER' });
  organization.users.insert({
    ...{ ...at, id: uuidFor('user finance'), email: 'nadia.okonkwo@upflow-demo.example' },
    body: JSON.stringify(FINANCE),
  });
  organization.bankAccounts.insert({
    ...{ ...at, id: uuidFor('bank account') },
    body: JSON.stringify({ name: 'Main account', currency: 'USD', last4: '4421' }),
  });
  sampleCompanies.forEach((company, index) => {
    if (company.sharedIdentifier !== null)
      addSampleCustomer(organization, { ...company, sharedIdentifier: company.sharedIdentifier }, index);
  });
}

function addSampleCustomer(
  organization: UpflowOrganization,
  { name, sharedIdentifier: externalId, currency }: SampleCompany & { sharedIdentifier: string },
  index: number,
): void {
  const now = organization.now();
  const id = uuidFor(`customer ${externalId}`);
  const random = randomFor(externalId);
  // Every seventh pays all on time; the others are late to very different degrees.
  const lateness = index % 7 === 3 ? 0 : 0.1 + random() ** 2 * 1.4;
  const isPaused = index % 9 === 5;
  const workflow = { id: uuidFor(`workflow ${index % 3}`), name: WORKFLOWS[index % 3] };
  const createdAt = now.toISOString();
  const row = organization.customers.insert({
    ...{ id, externalId, customer: null, createdAt, modifiedAt: createdAt, name },
    body: '{}',
    details: '{}',
  });
  addSampleInvoices(organization, row, { externalId, currency, lateness, random });
  const body = {
    currency,
    collectionStatus: isPaused ? 'PAUSED' : 'ACTIVE',
    pausedUntil: isPaused ? dayAfter(now, 12) : null,
    directUrl: `https://app.upflow.example/customers/${id}`,
    savedPaymentMethod: sampleMethod(random),
    workflow,
    customFields: [{ ...TIER, value: pick(['Gold', 'Silver'], random) }],
  };
  const changed = organization.customers.update(row, { body: JSON.stringify(body) });
  const isLate = (figuresOfCustomers(organization, [changed]).get(row.seq)?.amountOverdue ?? 0) > 0;
  if (isLate && !isPaused) addSampleActions(organization, changed, workflow, random);
}

function sampleMethod(random: () => number): object | null {
  if (random() >= 0.3) return null;
  return {
    type: random() < 0.5 ? 'CARD' : 'SEPA_DEBIT',
    lastPaymentStatus: random() < 0.8 ? 'SUCCEEDED' : 'FAILED',
  };
}

/** One reminder that was sent, and the next one. */
function addSampleActions(
  organization: UpflowOrganization,
  { seq, externalId }: CustomerRow,
  dunningPlan: object,
  random: () => number,
): void {
  const now = organization.now();
  const sent = new Date(now.getTime() - 6 * 86_400_000).toISOString();
  const body = (name: string | undefined) =>
    JSON.stringify({
      name,
      type: 'EMAIL',
      source: 'WORKFLOW',
      dunningPlan,
      carryingInvoice: null,
      assignedTo: [],
    });
  const at = { externalId: null, customer: seq, createdAt: sent };
  organization.actions.insert({
    ...{ ...at, id: uuidFor(`sent ${externalId ?? ''}`), modifiedAt: sent },
    ...{ state: 'EXECUTED', dueDate: sent.slice(0, 10), body: body('Before due') },
  });
  organization.actions.insert({
    ...{ ...at, id: uuidFor(`next ${externalId ?? ''}`), modifiedAt: sent, state: 'TODO' },
    ...{ body: body(pick(ACTIONS, random)), dueDate: dayAfter(now, 1 + Math.floor(random() * 9)) },
  });
}
