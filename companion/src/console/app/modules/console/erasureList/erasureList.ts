import type { Erasure } from '../../../api/drift-shapes.ts';
import { count, formatMoment, formatNumber, toWords } from '../../../format.ts';
import type { Column, Row } from '../../../shell/table.ts';
import { Page } from '../page/page.ts';

/** What rows of our tables are in the words of the console. */
const NAMES: Record<string, string> = {
  push: 'bodies of pushes',
  push_effect: 'outcomes of pushes',
  customer_event: 'events of its story',
  match_row: 'rows of the match report',
  drift_row: 'rows of drift audits',
};

const describeCounts = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .filter(([table]) => NAMES[table] !== undefined)
    .map(([table, rows]) => `${formatNumber(rows)} ${NAMES[table] ?? toWords(table)}`)
    .join(', ');

/** The erasures of a connection, newest first. */
export default class ErasureList extends Page {
  columns: Column[] = [
    { label: 'Asked for' },
    { label: 'State' },
    { label: 'Customer' },
    { label: 'Deleted' },
  ];

  get path(): string {
    return `${this.base}/erasures`;
  }

  get describe(): (erasure: Erasure) => Row {
    return ({ id, state, customerId, requestedAt, requestedBy, endedAt, reason, counts }) => ({
      id,
      name: `erasure of ${formatMoment(requestedAt)}`,
      cells: [
        { text: formatMoment(requestedAt), note: `by ${requestedBy}` },
        { state, reason, ...(endedAt ? { note: formatMoment(endedAt) } : {}) },
        { text: customerId ?? 'erased' },
        {
          text: count(
            Object.values(counts).reduce((sum, rows) => sum + rows, 0),
            'row',
          ),
          note: describeCounts(counts),
        },
      ],
    });
  }
}
