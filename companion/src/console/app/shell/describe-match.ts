import type { MatchRow } from '../api/shapes.ts';
import { formatMoment } from '../format.ts';
import { linkTo } from './read-route.ts';
import type { CellButton, Row } from './table.ts';

function listButtons({ kind, customerId, link }: MatchRow): CellButton[] {
  if (!customerId) return [];
  if (link)
    return [
      { name: 'undo', label: 'Undo link' },
      { name: 'unlink', label: 'Unlink' },
    ];
  if (kind === 'matched') return [{ name: 'unlink', label: 'Unlink' }];
  const byHand = { name: 'link', label: 'Link by hand' };
  return kind === 'formatting' ? [{ name: 'accept', label: 'Accept', isBrand: true }, byHand] : [byHand];
}

/** A row of the match report as the table shows it. */
export function describeMatch(row: MatchRow, connectionId: string, mayWrite: boolean): Row {
  const { customerId, customerName, customerValue, accounts, evidence, link } = row;
  const name = customerName ?? accounts[0]?.name ?? customerId ?? 'no name';
  const [first, ...others] = accounts;
  return {
    id: customerId ?? first?.id ?? name,
    name,
    cells: [
      customerId
        ? {
            text: customerName ?? customerId,
            href: linkTo(connectionId, `customers/${encodeURIComponent(customerId)}`),
            note: customerValue ?? 'has no value',
          }
        : { text: '–' },
      first
        ? {
            text: first.name,
            note: [
              first.value ?? 'has no value',
              ...others.map(({ name: other, value }) => `also ${other}: ${value ?? 'no value'}`),
            ].join('; '),
          }
        : { text: '–' },
      {
        text: evidence,
        note: link ? `${link.by ?? 'The companion'}, ${formatMoment(link.at)}` : '',
      },
      { buttons: mayWrite ? listButtons(row) : [] },
    ],
  };
}
