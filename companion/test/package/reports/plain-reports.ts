import type { RawAccount, RawOpportunity, RawRecords } from './raw-records.ts';

const DAY = 86_400_000;

/** One row of a report: what it is grouped by, and its values in the order of the columns. */
export interface PlainRow {
  group: unknown;
  values: unknown[];
}

/** A report as somebody would work it out by hand. */
export interface PlainReport {
  rows: (records: RawRecords) => PlainRow[];
  /** The column that the rows of a group are sorted by. */
  sorted?: { column: number; descending: boolean };
  /** Columns that are summed up for each group and in all. */
  sums?: Record<string, number>;
  /** Columns of which the average is shown; blanks do not count. */
  averages?: Record<string, number>;
}

const money = (value: unknown): number => (typeof value === 'number' ? value : 0);
const startOfDay = (time: number): number => Math.floor(time / DAY) * DAY;

/** A week begins on a Sunday. */
function isThisWeek(date: unknown, now: number): boolean {
  if (typeof date !== 'string') return false;
  const sunday = startOfDay(now) - new Date(now).getUTCDay() * DAY;
  const day = Date.parse(`${date}T00:00:00Z`);
  return day >= sunday && day <= sunday + 6 * DAY;
}

const accountRows =
  (
    keep: (account: RawAccount, now: number) => boolean,
    group: (account: RawAccount) => unknown,
    values: (account: RawAccount) => unknown[],
  ): PlainReport['rows'] =>
  ({ accounts, now }) =>
    accounts
      .filter((account) => keep(account, now))
      .map((account) => ({ group: group(account), values: values(account) }));

const ungrouped = () => null;

/** Every report of the package, by its name. */
export const plainReports: Record<string, PlainReport> = {
  Ageing_summary: {
    rows: accountRows(
      (account) => money(account.Outstanding_Amount__c) > 0,
      (account) => account.ownerName,
      (account) => [
        account.Name,
        account.Due_Amount__c,
        account.Overdue_1_30__c,
        account.Overdue_31_60__c,
        account.Overdue_61_90__c,
        account.Overdue_Over_90__c,
        account.Overdue_Amount__c,
        account.Balance_Currency__c,
      ],
    ),
    sums: {
      Due_Amount__c: 1,
      Overdue_1_30__c: 2,
      Overdue_31_60__c: 3,
      Overdue_61_90__c: 4,
      Overdue_Over_90__c: 5,
      Overdue_Amount__c: 6,
    },
  },
  Largest_balances: {
    rows: ({ accounts }) =>
      accounts
        .filter((account) => money(account.Outstanding_Amount__c) > 0)
        .sort((a, b) => money(b.Outstanding_Amount__c) - money(a.Outstanding_Amount__c))
        .slice(0, 100)
        .map((account) => ({
          group: null,
          values: [
            account.Name,
            account.Outstanding_Amount__c,
            account.Overdue_Amount__c,
            account.Due_Amount__c,
            account.Payer_Rating__c,
            account.ownerName,
          ],
        })),
    sorted: { column: 1, descending: true },
  },
  Needs_attention: {
    rows: accountRows(
      (account) => account.Sync_Status__c === 'Needs attention',
      (account) => account.Sync_Message__c,
      (account) => [account.Name, account.Last_Synced__c, account.Shared_Identifier__c, account.ownerName],
    ),
    sorted: { column: 1, descending: false },
  },
  Next_actions_this_week: {
    rows: accountRows(
      (account, now) => isThisWeek(account.Next_Action_Date__c, now),
      (account) => account.Next_Action_Date__c,
      (account) => [account.Name, account.Next_Action__c, account.Overdue_Amount__c, account.ownerName],
    ),
    sums: { Overdue_Amount__c: 2 },
  },
  Not_synced_since_yesterday: {
    rows: accountRows(
      (account, now) =>
        account.Customer_Id__c !== null &&
        (typeof account.Last_Synced__c !== 'string' ||
          Date.parse(account.Last_Synced__c) < startOfDay(now) - DAY),
      ungrouped,
      (account) => [
        account.Name,
        account.Last_Synced__c,
        account.Sync_Status__c,
        account.Sync_Message__c,
        account.Shared_Identifier__c,
        account.ownerName,
      ],
    ),
    sorted: { column: 1, descending: false },
  },
  Overdue_by_owner: {
    rows: accountRows(
      (account) => money(account.Overdue_Amount__c) > 0,
      (account) => account.ownerName,
      (account) => [
        account.Name,
        account.Outstanding_Amount__c,
        account.Overdue_Amount__c,
        account.Overdue_Invoices__c,
        account.Oldest_Overdue_Date__c,
        account.Payer_Rating__c,
        account.Collection_Status__c,
      ],
    ),
    sorted: { column: 2, descending: true },
    sums: { Outstanding_Amount__c: 1, Overdue_Amount__c: 2, Overdue_Invoices__c: 3 },
  },
  Overdue_with_open_opportunities: {
    rows: ({ opportunities }) =>
      opportunities
        .filter(({ account, IsClosed }) => money(account.Overdue_Amount__c) > 0 && IsClosed === false)
        .map((opportunity: RawOpportunity) => ({
          group: opportunity.account.Name,
          values: [
            opportunity.Name,
            opportunity.StageName,
            opportunity.Amount,
            opportunity.CloseDate,
            opportunity.account.Overdue_Amount__c,
            opportunity.account.Oldest_Overdue_Date__c,
            opportunity.ownerName,
          ],
        })),
    sorted: { column: 3, descending: false },
    sums: { Amount: 2 },
  },
  Paused_collections: {
    rows: accountRows(
      (account) => account.Collection_Status__c === 'Paused',
      (account) => account.ownerName,
      (account) => [
        account.Name,
        account.Outstanding_Amount__c,
        account.Overdue_Amount__c,
        account.Paused_Until__c,
        account.Next_Action__c,
      ],
    ),
    sorted: { column: 3, descending: false },
    sums: { Outstanding_Amount__c: 1, Overdue_Amount__c: 2 },
  },
  Worst_payers_by_rating: {
    rows: accountRows(
      (account) => account.Payer_Rating__c !== null,
      (account) => account.Payer_Rating__c,
      (account) => [
        account.Name,
        account.Average_Payment_Delay__c,
        account.Outstanding_Amount__c,
        account.Overdue_Amount__c,
        account.Collection_Status__c,
        account.ownerName,
      ],
    ),
    sorted: { column: 1, descending: true },
    sums: { Outstanding_Amount__c: 2, Overdue_Amount__c: 3 },
    averages: { Average_Payment_Delay__c: 1 },
  },
};
