import { linkTo } from '../../../shell/read-route.ts';
import { Page } from '../page/page.ts';
import type { Tab } from '../tabs/tabs.ts';

const TABS: Tab[] = [
  { value: 'pushes', label: 'Pushes' },
  { value: 'runs', label: 'Runs' },
  { value: 'failures', label: 'Failures' },
  { value: 'customers', label: 'Customers' },
];

/** What happens now, what fails and why, and where each customer stands. */
export default class ActivityPage extends Page {
  tabs = TABS;
  chosen = '';

  get tab(): string {
    const wanted = this.chosen || this.route?.query.show;
    return TABS.some(({ value }) => value === wanted) ? (wanted ?? 'pushes') : 'pushes';
  }

  get showsPushes(): boolean {
    return this.tab === 'pushes';
  }

  get showsRuns(): boolean {
    return this.tab === 'runs';
  }

  get showsFailures(): boolean {
    return this.tab === 'failures';
  }

  get showsCustomers(): boolean {
    return this.tab === 'customers';
  }

  /** In the address, so that a link leads here and Back leads back. */
  handleTab(event: CustomEvent<string>): void {
    const place = `${linkTo(this.connectionId, 'activity')}?show=${event.detail}`;
    history.replaceState(null, '', place);
    this.chosen = event.detail;
  }
}
