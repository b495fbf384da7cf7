import { setTimeout as delay } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { IdentifierKind } from '../salesforce/identifier-value.ts';
import { addRows, addTerms, type KeptRow, type KeptTerm } from '../store/match-report.ts';
import { paceSlices } from '../store/pace-slices.ts';
import type { Tables } from '../store/tables.ts';
import type { ComparisonApart } from './compare-apart.ts';
import { searchTermsOf } from './search-terms.ts';

/** Terms that are sorted together before they are kept: in order they are much cheaper to keep. */
const TERMS_TOGETHER = 60_000;

/**
 * Writes all rows of a comparison into a report that is not shown yet, in slices between which others work.
 *
 * @returns the place after the last row
 */
export async function writeReport(
  db: Kysely<Tables>,
  connectionId: string,
  { run, kind, comparison }: { run: number; kind: IdentifierKind; comparison: ComparisonApart },
  onProgress: (rows: number) => void,
): Promise<number> {
  const pace = paceSlices({ most: 2000 });
  let nextOrdinal = 0;
  let terms: KeptTerm[] = [];
  for (;;) {
    const rows = (await comparison.takeRows(pace.rows)).map((row): KeptRow => ({
      ...row,
      ordinal: nextOrdinal++,
    }));
    if (rows.length === 0) break;
    await pace.measure(() => addRows(db, connectionId, run, rows));
    for (const row of rows) terms.push(...termsOf(row, kind));
    onProgress(nextOrdinal);
    if (terms.length < TERMS_TOGETHER) continue;
    await writeTerms(db, connectionId, run, terms);
    terms = [];
  }
  await writeTerms(db, connectionId, run, terms);
  return nextOrdinal;
}

/** The terms of a kept row. */
export function termsOf(row: KeptRow, kind: IdentifierKind): KeptTerm[] {
  return searchTermsOf(row, kind).map((term) => ({ kind: row.kind, term, ordinal: row.ordinal }));
}

async function writeTerms(
  db: Kysely<Tables>,
  connectionId: string,
  run: number,
  terms: KeptTerm[],
): Promise<void> {
  const pace = paceSlices({ most: 4000 });
  const sorted = await sortTerms(terms);
  for (let start = 0; start < sorted.length;) {
    const slice = sorted.slice(start, start + pace.rows);
    start += slice.length;
    await pace.measure(() => addTerms(db, connectionId, run, slice));
  }
}

/** Sorts in pieces and lets others work in between. */
async function sortTerms(terms: KeptTerm[]): Promise<KeptTerm[]> {
  const buckets = new Map<string, KeptTerm[]>();
  for (const entry of terms) {
    const key = entry.kind + entry.term.slice(0, 1);
    const bucket = buckets.get(key);
    if (bucket === undefined) buckets.set(key, [entry]);
    else bucket.push(entry);
  }
  const sorted: KeptTerm[] = [];
  for (const key of [...buckets.keys()].sort()) {
    await delay(0);
    const bucket = buckets.get(key) ?? [];
    bucket.sort((a, b) => (a.term < b.term ? -1 : 1));
    for (const entry of bucket) sorted.push(entry);
  }
  return sorted;
}
