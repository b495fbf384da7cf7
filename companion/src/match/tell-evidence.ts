import type { IdentifierKind } from '../salesforce/identifier-value.ts';
import { toIdentifier } from '../salesforce/identifier-value.ts';
import type { Link } from '../store/links.ts';
import { isAcceptable, type ReportRow } from './comparison.ts';
import { describeDifference } from './loose-form.ts';

/** Says in a sentence why a row is of its kind. */
export function tellEvidence(row: ReportRow, kind: IdentifierKind, link: Link | undefined): string {
  const { customer, accounts, note } = row;
  const value = customer?.[2] ?? null;
  switch (row.kind) {
    case 'matched':
      return `Both sides have "${value ?? ''}", and nobody else has it.`;
    case 'missing-in-salesforce':
      return value === null
        ? 'The customer has no value in Upflow.'
        : `No Account has "${value}", nor anything that differs in formatting only and is free.`;
    case 'missing-in-upflow':
      return note.accounts > 1
        ? `No customer has "${accounts[0]?.[2] ?? ''}", which ${note.accounts} Accounts have.`
        : `No customer has "${accounts[0]?.[2] ?? ''}".`;
    case 'duplicate':
      return tellDuplicate(value ?? '', note);
    case 'formatting':
      return tellFormatting(row, kind);
    case 'manual':
      return tellManual(link);
  }
}

function tellDuplicate(value: string, { customers, accounts }: ReportRow['note']): string {
  const sides = [
    ...(customers > 1 ? [`${customers} customers`] : []),
    ...(accounts > 1 ? [`${accounts} Accounts`] : []),
  ];
  return `${sides.join(' and ')} have "${value}", so it names none of them for certain.`;
}

function tellFormatting(row: ReportRow, kind: IdentifierKind): string {
  const value = row.customer?.[2] ?? '';
  const [account] = row.accounts;
  if (!isAcceptable(row) || account === undefined) {
    const { customers, accounts } = row.note;
    return `"${value}" differs in formatting only from what ${accounts === 1 ? 'an Account has' : `${accounts} Accounts have`}${customers > 1 ? `, and so do ${customers - 1} other customers` : ''}: link it by hand.`;
  }
  const theirs = account[2];
  const difference = describeDifference(
    toIdentifier(value, kind) ?? value,
    toIdentifier(theirs, kind) ?? theirs,
  );
  return `"${value}" in Upflow and "${theirs}" in Salesforce differ in ${difference}.`;
}

function tellManual(link: Link | undefined): string {
  switch (link?.source) {
    case 'accepted':
      return 'A suggestion that was accepted.';
    case 'by hand':
      return 'Linked by hand.';
    case 'unlinked':
      return 'Unlinked by hand: the customer stays unmatched.';
    case undefined:
      return 'Decided by hand.';
  }
}
