import { pushesOf } from './push-customers.ts';
import type { UpflowOrganization } from './upflow-organization.ts';

/** Changes that come together, such as an invoice and its payment, are told by one push. */
const GATHERED_FOR_MS = 150;

/** Customers that the API changed, and that are pushed a moment later. */
export class PendingPushes {
  readonly #organization: UpflowOrganization;
  readonly #customers = new Set<number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(organization: UpflowOrganization) {
    this.#organization = organization;
  }

  add(customer: number | null): void {
    const { settings, targets } = this.#organization;
    if (customer === null || !settings.pushApiChanges || targets.list().length === 0) return;
    this.#customers.add(customer);
    this.#timer ??= setTimeout(() => void this.#send(), GATHERED_FOR_MS).unref();
  }

  /** Leaves one out that is pushed by itself. */
  drop(customer: number): void {
    this.#customers.delete(customer);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#customers.clear();
  }

  async #send(): Promise<void> {
    const { customers, targets } = this.#organization;
    const rows = [...this.#customers].flatMap((seq) => customers.findBy('seq', seq) ?? []);
    this.clear();
    await targets.send(pushesOf(this.#organization, rows));
  }
}
