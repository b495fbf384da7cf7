import type { TestOrg } from '../../simulators/salesforce/open-simulator.ts';

/** An Account as the org's query answers it, with the package's fields by their names in the sources. */
export interface RawAccount {
  Id: string;
  Name: string;
  OwnerId: string;
  ownerName: string;
  [field: string]: unknown;
}

/** An Opportunity as the org's query answers it, with its Account. */
export interface RawOpportunity {
  Name: string;
  OwnerId: string;
  ownerName: string;
  account: RawAccount;
  [field: string]: unknown;
}

/** All records that a report could be about, and the org's time. */
export interface RawRecords {
  accounts: RawAccount[];
  opportunities: RawOpportunity[];
  now: number;
}

const own = [
  ...['Outstanding_Amount__c', 'Overdue_Amount__c', 'Due_Amount__c', 'Overdue_Invoices__c'],
  ...['Overdue_1_30__c', 'Overdue_31_60__c', 'Overdue_61_90__c', 'Overdue_Over_90__c', 'Balance_Currency__c'],
  ...['Oldest_Overdue_Date__c', 'Payer_Rating__c', 'Average_Payment_Delay__c', 'Collection_Status__c'],
  ...['Paused_Until__c', 'Next_Action__c', 'Next_Action_Date__c', 'Customer_Id__c', 'Shared_Identifier__c'],
  ...['Last_Synced__c', 'Sync_Status__c', 'Sync_Message__c'],
];

/** Reads the records by plain queries, as an admin who sees all of them. */
export async function readRawRecords(org: TestOrg): Promise<RawRecords> {
  const users = await org.rows('SELECT Id, Name FROM User');
  const names = new Map(users.map(({ Id, Name }) => [Id, String(Name)]));
  const packaged = own.map((field) => `upflow__${field}`).join();
  const rows = await org.rows(`SELECT Id, Name, OwnerId, ${packaged} FROM Account LIMIT 2000`);
  const accounts = rows.map((row): RawAccount => {
    const plain = Object.entries(row).map(([key, value]) => [key.replace('upflow__', ''), value]);
    return {
      ...(Object.fromEntries(plain) as Record<string, unknown>),
      Id: String(row.Id),
      Name: String(row.Name),
      OwnerId: String(row.OwnerId),
      ownerName: names.get(row.OwnerId) ?? '',
    };
  });
  const byId = new Map(accounts.map((account) => [account.Id, account]));
  const found = await org.rows(
    'SELECT Name, OwnerId, AccountId, StageName, Amount, CloseDate, IsClosed FROM Opportunity LIMIT 2000',
  );
  const opportunities = found.flatMap((row): RawOpportunity[] => {
    const account = byId.get(String(row.AccountId));
    if (account === undefined) return [];
    const ownerName = names.get(row.OwnerId) ?? '';
    return [{ ...row, Name: String(row.Name), OwnerId: String(row.OwnerId), ownerName, account }];
  });
  const clock = await org.control('GET', '/clock');
  return { accounts, opportunities, now: Date.parse(String((clock.body as { now: unknown }).now)) };
}

/** What one user sees where records are private: its own. */
export function ownedBy({ accounts, opportunities, now }: RawRecords, userId: string): RawRecords {
  return {
    accounts: accounts.filter(({ OwnerId }) => OwnerId === userId),
    opportunities: opportunities.filter(
      ({ OwnerId, account }) => OwnerId === userId && account.OwnerId === userId,
    ),
    now,
  };
}
