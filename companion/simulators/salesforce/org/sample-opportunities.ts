import type { Changes } from '../store/stored-record.ts';

type Row = [name: string, stage: string, amount: number, closeDate: string];

const rows: Row[] = [
  ['Renewal', 'Negotiation/Review', 48_000, '2026-11-30'],
  ['Expansion', 'Proposal/Price Quote', 125_500.5, '2026-12-15'],
  ['First order', 'Closed Won', 18_250, '2026-03-31'],
  ['Service contract', 'Qualification', 9600, '2027-01-20'],
  ['Replacement', 'Closed Lost', 31_000, '2026-06-30'],
];

/** One or two Opportunities at each of the first sample Accounts; the others have none. */
export function sampleOpportunities(account: string, index: number): Changes[] {
  if (index >= 8) return [];
  return rows
    .filter((_, row) => row === index % 5 || row === (index * 3 + 2) % 5)
    .map(([name, stage, amount, closeDate]) => ({
      Name: `${account} – ${name}`,
      StageName: stage,
      Amount: amount,
      CloseDate: closeDate,
    }));
}
