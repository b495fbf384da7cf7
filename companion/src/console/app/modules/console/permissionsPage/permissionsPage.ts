import { callApi } from '../../../api/call-api.ts';
import type { ConnectionView, PermissionReport } from '../../../api/shapes.ts';
import { linkTo } from '../../../shell/read-route.ts';
import { Page } from '../page/page.ts';

interface ShownCheck {
  name: string;
  ok: boolean;
  missing: string[];
  explanation: string;
  action: string;
  state: string;
  label: string;
}

/** What the Salesforce user may do, and exactly what is missing. */
export default class PermissionsPage extends Page {
  report: PermissionReport | null = null;

  connectedCallback(): void {
    void this.load();
  }

  get checks(): ShownCheck[] {
    return (this.report?.checks ?? []).map((check) => ({
      ...check,
      // Nothing is to be done about what is there.
      action: check.ok ? '' : check.action,
      state: check.ok ? 'ok' : 'refused',
      label: check.ok ? 'OK' : 'Missing',
    }));
  }

  get isGood(): boolean {
    return this.report?.ok === true;
  }

  get user(): string {
    return this.report?.user?.username ?? this.connection?.salesforce?.username ?? '';
  }

  get lead(): string {
    return this.user
      ? `What ${this.user} may do in Salesforce, and what is missing.`
      : 'What the user in Salesforce may do, and what is missing.';
  }

  get nextLink(): string {
    return linkTo(this.connectionId, 'identifier');
  }

  get salesforceLink(): string {
    return linkTo(this.connectionId, 'salesforce');
  }

  async load(): Promise<void> {
    this.isLoading = true;
    await this.fill(async () => {
      this.report = await callApi<PermissionReport>('GET', `${this.base}/salesforce/permissions`);
      this.tellConnection(await callApi<ConnectionView>('GET', this.base));
    });
  }
}
