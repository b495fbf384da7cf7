import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { IdentifierKind } from '../salesforce/identifier-value.ts';
import { readRowsAfter, readRowsAt, readTermsAfter } from '../store/read-report.ts';
import type { KeptRow } from '../store/match-report.ts';
import type { Tables } from '../store/tables.ts';
import type { MatchKind } from './compare-group.ts';
import { searchTermsOf, toTerm } from './search-terms.ts';

export interface PageWanted {
  kind: MatchKind;
  /** What a name, an id or a value begins with; a name also by its later words. */
  search: string;
  limit: number;
  /** From the page before. */
  after?: string | undefined;
}

export interface Page {
  rows: KeptRow[];
  /** Where the next page begins; null after the last. */
  next: string | null;
}

const cursorSchema = z.union([z.int(), z.tuple([z.string(), z.int()])]);
type Cursor = z.infer<typeof cursorSchema>;

/** Reads one page of a report. A cursor of another search begins anew. */
export async function readPage(
  db: Kysely<Tables>,
  connectionId: string,
  { run, kind: identifierKind }: { run: number; kind: IdentifierKind },
  { kind, search, limit, after }: PageWanted,
): Promise<Page> {
  const cursor = readCursor(after);
  const beginning = toTerm(search);
  if (beginning !== '') {
    const isOfThisSearch = Array.isArray(cursor) && cursor[0].startsWith(beginning);
    const from: [string, number] = isOfThisSearch ? cursor : [beginning, -1];
    return searchPage(db, connectionId, { run, identifierKind, kind, beginning, limit, from });
  }
  const place = typeof cursor === 'number' ? cursor : -1;
  const rows = await readRowsAfter(db, connectionId, run, { kind, after: place, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1)?.ordinal;
  return { rows: shown, next: rows.length > limit && last !== undefined ? writeCursor(last) : null };
}

interface Search {
  run: number;
  identifierKind: IdentifierKind;
  kind: MatchKind;
  beginning: string;
  limit: number;
  from: [term: string, ordinal: number];
}

async function searchPage(db: Kysely<Tables>, connectionId: string, wanted: Search): Promise<Page> {
  const { run, identifierKind, kind, beginning, limit } = wanted;
  const found: KeptRow[] = [];
  let after = wanted.from;
  for (;;) {
    const terms = await readTermsAfter(db, connectionId, run, { kind, beginning, after, limit: limit + 1 });
    const rows = await readRowsAt(
      db,
      connectionId,
      run,
      kind,
      terms.map(({ ordinal }) => ordinal),
    );
    for (const { term, ordinal } of terms) {
      if (found.length === limit) return { rows: found, next: writeCursor(after) };
      after = [term, ordinal];
      const row = rows.get(ordinal);
      // A row that several of its terms find is shown at the first of them.
      if (row !== undefined && firstTermOf(row, identifierKind, beginning) === term) found.push(row);
    }
    if (terms.length <= limit) return { rows: found, next: null };
  }
}

function firstTermOf(row: KeptRow, kind: IdentifierKind, beginning: string): string | undefined {
  // In the order of the database, which is that of the bytes.
  return searchTermsOf(row, kind)
    .filter((term) => term.startsWith(beginning))
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))[0];
}

function readCursor(text: string | undefined): Cursor | undefined {
  if (text === undefined) return undefined;
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    return undefined;
  }
}

function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}
