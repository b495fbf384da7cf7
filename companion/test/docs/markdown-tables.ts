import { readFileSync } from 'node:fs';

/** Rows of a table, each with its cells by the column's heading. */
export type Row = Readonly<Record<string, string>>;

/** A page of the documentation. */
export function readPage(name: string): string {
  return readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');
}

/** The rows of all tables whose first column has this heading, below a heading of the page where one is given. */
export function readRows(page: string, firstColumn: string, section?: string): Row[] {
  const tables = cutSection(page, section).match(/(?:^\|.*\|\n)+/gm) ?? [];
  return tables.flatMap((table) => {
    const [head = [], , ...rows] = table.trimEnd().split('\n').map(readCells);
    if (head[0] !== firstColumn) return [];
    return rows.map((cells) => Object.fromEntries(head.map((name, index) => [name, cells[index] ?? ''])));
  });
}

/** What a cell has between backticks. */
export function readCode(cell = ''): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}

function cutSection(page: string, section?: string): string {
  if (section === undefined) return page;
  const start = page.indexOf(`\n### ${section}\n`);
  if (start < 0) throw new Error(`The page has no section ${section}.`);
  const end = page.slice(start + 1).search(/\n##+ /);
  return end < 0 ? page.slice(start) : page.slice(start, start + 1 + end);
}

function readCells(line: string): string[] {
  return line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());
}
