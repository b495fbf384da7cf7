import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { parse as parseAtOnce } from 'csv-parse/sync';
import { resolveFormat, type CsvFormat } from './csv-format.ts';
import { JobFailure } from './job-failure.ts';

/** A row of an upload: its cells, and its text as it was uploaded, which results repeat. */
export interface CsvRow {
  cells: string[];
  text: string;
}

interface RawRow {
  record: string[];
  raw: string;
}

const CHARACTERS_A_PIECE = 64 * 1024;

/** Reads an upload row by row, without reading further than is asked for. */
export async function* readRows(csv: string, format: CsvFormat): AsyncGenerator<CsvRow> {
  checkLineEnding(csv, format);
  const parser = Readable.from(cutIntoPieces(csv)).pipe(parse(chooseOptions(format)));
  try {
    for await (const row of parser) yield readRow(row as RawRow);
  } catch (error) {
    throw new JobFailure(`ClientInputError : ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** All rows of an upload at once, or the first of them. What is no CSV has none. */
export function splitRows(csv: string, format: CsvFormat, count?: number): CsvRow[] {
  const limit = count === undefined ? {} : { to: count };
  try {
    const rows = parseAtOnce(csv, { ...chooseOptions(format), ...limit }) as unknown as RawRow[];
    return rows.map(readRow);
  } catch {
    return [];
  }
}

function chooseOptions(format: CsvFormat) {
  const { delimiter, lineEnd } = resolveFormat(format);
  return {
    delimiter,
    record_delimiter: lineEnd,
    raw: true,
    relax_column_count: true,
    skip_empty_lines: true,
  };
}

function readRow({ record, raw }: RawRow): CsvRow {
  return { cells: record, text: raw.replace(/^[\r\n]+|[\r\n]+$/g, '') };
}

function* cutIntoPieces(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += CHARACTERS_A_PIECE) yield text.slice(at, at + CHARACTERS_A_PIECE);
}

/** The end of the first line tells how lines end. A wrong setting fails the job, never a row. */
function checkLineEnding(csv: string, { lineEnding }: CsvFormat): void {
  const [head = ''] = /^(?:[^"\n]|"(?:[^"]|"")*")*\n/.exec(csv) ?? [];
  if (head === '' || head.endsWith('\r\n') === (lineEnding === 'CRLF')) return;
  throw new JobFailure(
    `ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is ${lineEnding}`,
  );
}
