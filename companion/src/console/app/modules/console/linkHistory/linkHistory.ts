import { formatMoment, toWords } from '../../../format.ts';
import { linkTo } from '../../../shell/read-route.ts';
import type { Column, Row } from '../../../shell/table.ts';
import { Page } from '../page/page.ts';

interface LinkEntry {
  customerId: string;
  accountId: string | null;
  action: string;
  by: string | null;
  at: string;
  undone: boolean;
}

/** Who linked and unlinked what, and when. Opened on request: it is fetched only then. */
export default class LinkHistory extends Page {
  columns: Column[] = [
    { label: 'When' },
    { label: 'What' },
    { label: 'Customer' },
    { label: 'Account' },
    { label: 'Who' },
  ];
  isOpen = false;

  get path(): string {
    return `${this.base}/links`;
  }

  get describe(): (entry: LinkEntry) => Row {
    return ({ customerId, accountId, action, by, at, undone }) => ({
      id: `${customerId}/${at}/${action}`,
      name: customerId,
      cells: [
        { text: formatMoment(at) },
        { text: toWords(action), note: undone ? 'undone since' : '' },
        { text: customerId, href: linkTo(this.connectionId, `customers/${encodeURIComponent(customerId)}`) },
        { text: accountId ?? '–' },
        { text: by ?? 'The companion' },
      ],
    });
  }

  handleToggle(event: Event): void {
    this.isOpen = (event.currentTarget as HTMLDetailsElement).open;
  }
}
