import type { Aggregate } from '../../reports/summarize.ts';

/** A figure of a report as Lightning shows it: amounts with their currency, everything else as a number. */
export function formatFigure(
  { type, column }: Aggregate,
  value: number | null | undefined,
  currency: string,
): string {
  if (value === null || value === undefined) return '-';
  if (column?.type === 'currency' && type !== 'Unique') {
    return value.toLocaleString('en-US', { style: 'currency', currency });
  }
  const number = value.toLocaleString('en-US', { maximumFractionDigits: 2 });
  return column?.type === 'percent' && type !== 'Unique' ? `${number}%` : number;
}
