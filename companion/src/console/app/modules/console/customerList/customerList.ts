import type { CustomerRow } from '../../../api/watch-shapes.ts';
import { linkTo } from '../../../shell/read-route.ts';
import type { Column, Row } from '../../../shell/table.ts';
import { Page } from '../page/page.ts';

/** Customers, each with the way to its story. */
export default class CustomerList extends Page {
  columns: Column[] = [
    { label: 'Customer' },
    { label: 'Identifier' },
    { label: 'Account' },
    { label: 'Last outcome' },
  ];

  get path(): string {
    return `${this.base}/customers`;
  }

  get describe(): (row: CustomerRow) => Row {
    return ({ id, name, identifier, accountId, outcome }) => ({
      id,
      name: name ?? id,
      cells: [
        { text: name ?? id, href: linkTo(this.connectionId, `customers/${encodeURIComponent(id)}`) },
        { text: identifier ?? '–' },
        { text: accountId ?? '–' },
        { state: outcome ?? 'pending' },
      ],
    });
  }
}
