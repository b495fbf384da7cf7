import { randomUUID } from 'node:crypto';
import type { TestOrg } from '../../simulators/salesforce/open-simulator.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** Moves the org to the noon of the next Wednesday, so that no test runs into midnight or the end of a week. */
export async function goToWednesdayNoon(org: TestOrg): Promise<number> {
  const clock = await org.control('GET', '/clock');
  const now = Date.parse(String((clock.body as { now: unknown }).now));
  const days = (10 - new Date(now).getUTCDay()) % 7 || 7;
  const noon = Math.floor(now / DAY) * DAY + days * DAY + 12 * HOUR;
  await org.control('PUT', '/clock', { advanceMs: noon - now });
  return noon;
}

/** Adds what lies exactly at the edges of the reports' filters, for two owners. */
export async function plantRows(org: TestOrg, noon: number): Promise<void> {
  const { rep, admin } = org.simulator.org.users;
  const dayOf = (days: number): string => new Date(noon + days * DAY).toISOString().slice(0, 10);
  const at = (time: number): string => new Date(time).toISOString();
  const startOfYesterday = noon - 12 * HOUR - DAY;
  const figures = (index: number) => ({
    Outstanding_Amount__c: index * 1000.25,
    Overdue_Amount__c: index * 100.5,
    Due_Amount__c: index * 899.75,
    Overdue_1_30__c: index * 50.25,
    Overdue_31_60__c: index * 25.15,
    Overdue_61_90__c: index * 15.1,
    Overdue_Over_90__c: index * 10,
    Overdue_Invoices__c: index % 7,
    Balance_Currency__c: 'USD',
  });
  const edges: Record<string, unknown>[] = [
    { Name: 'No amount at all' },
    { Name: 'Nothing late', Overdue_Amount__c: 0, Outstanding_Amount__c: 0 },
    { Name: 'A cent late', Overdue_Amount__c: 0.01, Outstanding_Amount__c: 0.01 },
    { Name: 'A credit', Overdue_Amount__c: -5, Outstanding_Amount__c: -5 },
    { Name: 'Late, the balance unknown', Overdue_Amount__c: 10 },
    { Name: 'Paused', Collection_Status__c: 'Paused', Paused_Until__c: dayOf(9), ...figures(3) },
    { Name: 'Paused without an end', Collection_Status__c: 'Paused' },
    { Name: 'Excluded', Collection_Status__c: 'Excluded', ...figures(4) },
    { Name: 'Active', Collection_Status__c: 'Active', ...figures(5) },
    { Name: 'Attention', Sync_Status__c: 'Needs attention', Sync_Message__c: 'The value is too long.' },
    { Name: 'Attention again', Sync_Status__c: 'Needs attention', Sync_Message__c: 'The value is too long.' },
    { Name: 'Attention, no reason', Sync_Status__c: 'Needs attention', Last_Synced__c: at(noon) },
    { Name: 'No attention', Sync_Status__c: 'Synced', Sync_Message__c: 'The value is too long.' },
    { Name: 'Worst', Payer_Rating__c: 'D', Average_Payment_Delay__c: 120.5, ...figures(6) },
    { Name: 'As bad', Payer_Rating__c: 'D', Average_Payment_Delay__c: 120.5 },
    { Name: 'As bad, the delay unknown', Payer_Rating__c: 'D' },
    { Name: 'Good', Payer_Rating__c: 'A', Average_Payment_Delay__c: -3.5 },
    { Name: 'Rated otherwise', Payer_Rating__c: 'E', Average_Payment_Delay__c: 10 },
    ...[-4, -3, 0, 3, 4].map((days) => ({
      Name: `Action ${String(days)} days from Wednesday`,
      Next_Action__c: 'Call',
      Next_Action_Date__c: dayOf(days),
      Overdue_Amount__c: 20,
    })),
    ...[noon - DAY, startOfYesterday, startOfYesterday - 1000, noon - 3 * DAY].map((time) => ({
      Name: `Synced ${at(time)}`,
      Last_Synced__c: at(time),
      Customer_Id__c: '',
    })),
    { Name: 'Never synced', Customer_Id__c: '' },
    { Name: 'Synced long ago, but no customer', Last_Synced__c: at(noon - 3 * DAY) },
  ];
  // More than a list of a hundred holds.
  const many = Array.from({ length: 120 }, (_, index) => ({
    Name: `Balance ${index}`,
    ...figures(index + 10),
  }));
  // A customer's id is unique, and each edge is there twice.
  const own = (edge: Record<string, unknown>, suffix: string, OwnerId: string) => ({
    ...edge,
    ...('Customer_Id__c' in edge ? { Customer_Id__c: randomUUID() } : {}),
    Name: `${String(edge.Name)}${suffix}`,
    OwnerId,
  });
  await org.seed([
    ...edges.map((edge) => own(edge, '', rep.id)),
    ...edges.map((edge) => own(edge, ', of the admin', admin.id)),
    ...many.map((record, index) => ({ ...record, OwnerId: index % 2 === 0 ? rep.id : admin.id })),
  ]);
  await plantOpportunities(org, dayOf);
}

async function plantOpportunities(org: TestOrg, dayOf: (days: number) => string): Promise<void> {
  const { rep, admin } = org.simulator.org.users;
  const accounts = await org.rows('SELECT Id, Name FROM Account LIMIT 2000');
  const idOf = (name: string): unknown => accounts.find(({ Name }) => Name === name)?.Id;
  const deals: [account: string, name: string, stage: string, amount: number | null, owner: string][] = [
    ['A cent late', 'Open', 'Qualification', 500.5, rep.id],
    ['A cent late', 'Won', 'Closed Won', 900, rep.id],
    ['A cent late', 'Lost', 'Closed Lost', 900, rep.id],
    ['A cent late', 'Open without an amount', 'Qualification', null, rep.id],
    ['A cent late', 'Open, of the admin', 'Negotiation/Review', 70, admin.id],
    ['A cent late, of the admin', 'Open, of the rep', 'Negotiation/Review', 60, rep.id],
    ['Nothing late', 'Open, nothing late', 'Qualification', 40, rep.id],
    ['No amount at all', 'Open, nothing known', 'Qualification', 30, rep.id],
  ];
  for (const [index, [account, Name, StageName, Amount, OwnerId]] of deals.entries()) {
    const body = { Name, StageName, Amount, OwnerId, AccountId: idOf(account), CloseDate: dayOf(index * 3) };
    const reply = await org.call('/sobjects/Opportunity', { method: 'POST', user: 'admin', body });
    if (reply.status !== 201) throw new Error(JSON.stringify(reply.body));
  }
}
