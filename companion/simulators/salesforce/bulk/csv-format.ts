import { z } from 'zod';

const delimiters = { COMMA: ',', TAB: '\t', PIPE: '|', SEMICOLON: ';', CARET: '^', BACKQUOTE: '`' } as const;
const lineEndings = { LF: '\n', CRLF: '\r\n' } as const;

/** The two properties of a job that say how its CSV is written. */
export const csvFormatShape = {
  lineEnding: z.enum(['LF', 'CRLF']).default('LF'),
  columnDelimiter: z.enum(['COMMA', 'TAB', 'PIPE', 'SEMICOLON', 'CARET', 'BACKQUOTE']).default('COMMA'),
};

/** How CSV is written, by the names that jobs use. */
export interface CsvFormat {
  lineEnding: keyof typeof lineEndings;
  columnDelimiter: keyof typeof delimiters;
}

/** The characters themselves. */
export function resolveFormat(format: CsvFormat): { delimiter: string; lineEnd: string } {
  return { delimiter: delimiters[format.columnDelimiter], lineEnd: lineEndings[format.lineEnding] };
}

/** Writes cells as Salesforce does: all of them in quotes. */
export function writeCells(cells: readonly string[], delimiter: string): string {
  return cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter);
}
