import { randomBytes } from 'node:crypto';
import { makeApiKeys, type ApiKeys } from './api-keys.ts';
import { ApiStats } from './api/api-stats.ts';
import { PendingPushes } from './pending-pushes.ts';
import { FaultList } from './faults/fault-list.ts';
import { PushTargets, type PushTarget } from './push-targets.ts';
import { addSampleOrganization } from './sample/add-sample-organization.ts';
import { defaultSettings, type Settings } from './settings.ts';
import { Links } from './store/links.ts';
import { List } from './store/list.ts';
import { Store, type ListName } from './store/open-store.ts';
import type * as rows from './store/rows.ts';

/** A pair that took the place of the one that the simulator was started with. */
interface Rotated {
  from: ApiKeys;
  to: ApiKeys;
}

/** What the simulated Upflow knows: its customers and all that belongs to them, who may call it, and where it sends pushes. */
export class UpflowOrganization {
  readonly targets: PushTargets;
  readonly pending: PendingPushes;
  readonly faults = new FaultList();
  readonly stats = new ApiStats();
  readonly store: Store;
  readonly links: Links;
  readonly customers: List<rows.CustomerRow>;
  readonly contacts: List<rows.ContactRow>;
  readonly users: List<rows.UserRow>;
  readonly customFields: List<rows.CustomFieldRow>;
  readonly invoices: List<rows.InvoiceRow>;
  readonly creditNotes: List<rows.CreditNoteRow>;
  readonly payments: List<rows.PaymentRow>;
  readonly refunds: List<rows.PaymentRow>;
  readonly dunningPlans: List<rows.DunningPlanRow>;
  readonly actions: List<rows.ActionRow>;
  readonly notes: List<rows.NoteRow>;
  readonly bankAccounts: List<rows.BankAccountRow>;
  settings: Settings = { ...defaultSettings };
  /** What portal links are signed with. */
  readonly portalSecret: string;
  readonly #lists: List<rows.Row>[] = [];
  readonly #firstKeys: ApiKeys;
  #keys: ApiKeys;

  /** @param file SQLite file that keeps all of it between starts; until the simulator stops when absent */
  constructor(file: string | undefined, firstKeys: ApiKeys) {
    this.store = new Store(file);
    this.links = new Links(this.store);
    this.customers = this.#list('customers');
    this.contacts = this.#list('contacts');
    this.users = this.#list('users');
    this.customFields = this.#list('custom_fields');
    this.invoices = this.#list('invoices');
    this.creditNotes = this.#list('credit_notes');
    this.payments = this.#list('payments');
    this.refunds = this.#list('refunds');
    this.dunningPlans = this.#list('dunning_plans');
    this.actions = this.#list('actions');
    this.notes = this.#list('notes');
    this.bankAccounts = this.#list('bank_accounts');

    this.#firstKeys = firstKeys;
    const rotated = this.store.readKept('rotatedKeys') as Rotated | null | undefined;
    this.#keys = rotated?.from.apiKey === firstKeys.apiKey ? rotated.to : firstKeys;
    this.targets = new PushTargets((this.store.readKept('pushTargets') ?? []) as PushTarget[], () =>
      this.store.keep('pushTargets', this.targets.saved()),
    );
    this.pending = new PendingPushes(this);
    const secret = this.store.readKept('portalSecret') as string | undefined;
    this.portalSecret = secret ?? randomBytes(32).toString('base64url');
    if (secret === undefined) this.#begin();
  }

  get keys(): ApiKeys {
    return this.#keys;
  }

  /** The organization's time. */
  now(): Date {
    return this.settings.today === null ? new Date() : new Date(this.settings.today);
  }

  /** The organization's day. */
  today(): string {
    return this.now().toISOString().slice(0, 10);
  }

  /** Replaces the key pair: what had the old one is refused from now on. */
  rotateKeys(given: Parameters<typeof makeApiKeys>[0]): ApiKeys {
    this.#keys = makeApiKeys(given);
    this.store.keep('rotatedKeys', { from: this.#firstKeys, to: this.#keys });
    return this.#keys;
  }

  /** Keeps all that the work writes, or nothing where it throws. */
  transact<Result>(work: () => Result): Result {
    try {
      return this.store.transact(work);
    } catch (error) {
      for (const list of this.#lists) list.refresh();
      throw error;
    }
  }

  /** The sample customers, settings and first keys again; where pushes go stays. */
  reset(): void {
    this.settings = { ...defaultSettings };
    this.stats.reset();
    this.faults.replace([]);
    this.pending.clear();
    this.#keys = this.#firstKeys;
    this.store.keep('rotatedKeys', null);
    this.targets.resetTotals();
    this.#begin();
  }

  /** Tells the lists that rows were written past them. */
  refresh(): void {
    for (const list of this.#lists) list.refresh();
  }

  close(): void {
    this.pending.clear();
    this.store.close();
  }

  #begin(): void {
    this.transact(() => {
      this.store.clear();
      this.refresh();
      addSampleOrganization(this);
      this.store.keep('portalSecret', this.portalSecret);
    });
    this.refresh();
  }

  #list<Kind extends rows.Row>(name: ListName): List<Kind> {
    const list = new List<Kind>(this.store, name, () => this.settings);
    this.#lists.push(list);
    return list;
  }
}
