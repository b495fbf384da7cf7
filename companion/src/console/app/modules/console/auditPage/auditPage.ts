import type { AuditRow } from '../../../api/watch-shapes.ts';
import { formatMoment, toWords } from '../../../format.ts';
import type { Column, Row } from '../../../shell/table.ts';
import { Page } from '../page/page.ts';

const describeDetails = (details: unknown): string =>
  typeof details === 'object' && details !== null
    ? Object.entries(details)
        .map(
          ([name, value]) => `${toWords(name)}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
        )
        .join('; ')
    : '';

/** Who changed what, and when: of one connection, or of everything. */
export default class AuditPage extends Page {
  columns: Column[] = [
    { label: 'What' },
    { label: 'Who' },
    { label: 'When' },
    { label: 'Entry', align: 'end' },
  ];
  chain = '';

  get isOfConnection(): boolean {
    return this.connectionId !== '';
  }

  get path(): string {
    return this.isOfConnection ? `${this.base}/audit` : '/v1/audit';
  }

  get csvLink(): string {
    return `${this.path}.csv`;
  }

  get lead(): string {
    return this.isOfConnection
      ? 'Who changed what on this connection, and when. Entries are only ever added.'
      : 'Who changed what on all connections, and who signed in. Entries are only ever added.';
  }

  get isBroken(): boolean {
    return this.chain === 'broken';
  }

  get isWhole(): boolean {
    return this.chain === 'whole';
  }

  get describe(): (row: AuditRow) => Row {
    return ({ sequence, at, actor, action, subject, details, hash }) => ({
      id: String(sequence),
      name: `${action} ${sequence}`,
      cells: [
        { text: toWords(action), note: [subject, describeDetails(details)].filter(Boolean).join('. ') },
        { text: actor },
        { text: formatMoment(at) },
        { text: `#${sequence}`, code: hash.slice(0, 12) },
      ],
    });
  }

  handleLoad(event: CustomEvent<{ chain?: string }>): void {
    this.chain = event.detail.chain ?? '';
  }
}
