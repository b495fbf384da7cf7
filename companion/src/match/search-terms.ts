import type { IdentifierKind } from '../salesforce/identifier-value.ts';
import { toIdentifier } from '../salesforce/identifier-value.ts';
import type { ReportRow } from './comparison.ts';
import { toLooseForm } from './loose-form.ts';

/** Characters of a name that are searched for; ids and values are as a whole. */
const NAME_LENGTH = 48;
/** Words of a name that a search may begin with. */
const FIRST_WORDS = 3;

/** Begins the terms by which the rows of one loose form are found; nobody types it. */
const GROUP_MARK = '\u0001';

/** The form in which texts are searched. */
export function toTerm(text: string): string {
  return text.normalize('NFKC').trim().replaceAll(/\s+/gu, ' ').toLowerCase();
}

/** Everything that a row is found by: what a search begins with, and its loose forms. */
export function searchTermsOf(row: ReportRow, kind: IdentifierKind): string[] {
  const terms = new Set<string>();
  if (row.customer !== undefined) {
    addName(terms, row.customer[1]);
    terms.add(row.customer[0].toLowerCase());
    if (row.customer[2] !== null) addValue(terms, row.customer[2], kind);
  }
  for (const [id, name, value] of row.accounts) {
    terms.add(id.toLowerCase());
    addName(terms, name);
    if (value !== id && value !== row.customer?.[2]) addValue(terms, value, kind);
  }
  terms.delete('');
  return [...terms];
}

/** The terms that rows of a loose form have, and perhaps others too. */
export function groupTerms(looseForm: string): string[] {
  return [looseForm, GROUP_MARK + looseForm];
}

/** The loose forms of all values in a row. */
export function looseFormsOf(row: ReportRow, kind: IdentifierKind): string[] {
  const values = [row.customer?.[2] ?? null, ...row.accounts.map(([, , value]) => value)];
  return values.flatMap((value) => {
    const identifier = value === null ? null : toIdentifier(value, kind);
    return identifier === null ? [] : [toLooseForm(identifier, kind)];
  });
}

function addName(terms: Set<string>, name: string): void {
  let rest = toTerm(name).slice(0, NAME_LENGTH);
  for (let word = 0; word < FIRST_WORDS && rest !== ''; word++) {
    terms.add(rest);
    const space = rest.indexOf(' ');
    rest = space === -1 ? '' : rest.slice(space + 1);
  }
}

function addValue(terms: Set<string>, value: string, kind: IdentifierKind): void {
  const term = toTerm(value);
  terms.add(term);
  const identifier = toIdentifier(value, kind);
  if (identifier === null) return;
  const form = toLooseForm(identifier, kind);
  if (form !== term) terms.add(GROUP_MARK + form);
}
