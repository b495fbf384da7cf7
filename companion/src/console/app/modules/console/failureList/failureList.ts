import { callApi } from '../../../api/call-api.ts';
import type { FailureGroup } from '../../../api/watch-shapes.ts';
import { Page } from '../page/page.ts';

/** What waits for a person, grouped by reason. */
export default class FailureList extends Page {
  groups: FailureGroup[] = [];

  connectedCallback(): void {
    void this.load();
  }

  get isEmpty(): boolean {
    return this.isReady && this.groups.length === 0;
  }

  async load(): Promise<void> {
    await this.fill(async () => {
      this.groups = (await callApi<{ rows: FailureGroup[] }>('GET', `${this.base}/failures`)).rows;
    });
  }
}
