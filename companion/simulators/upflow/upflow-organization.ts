import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { makeApiKeys, type ApiKeys } from './api-keys.ts';
import { PushTargets, type PushTarget } from './push-targets.ts';
import { sampleCustomers, type SimulatedCustomer } from './sample-customers.ts';
import { defaultSettings, type Settings } from './settings.ts';

interface Kept {
  customers: SimulatedCustomer[];
  targets: PushTarget[];
  /** A pair that took the place of the one that the simulator was started with. */
  rotated: { from: ApiKeys; to: ApiKeys } | null;
}

/** What the simulated Upflow knows: its customers, who may call it, and where it sends pushes. */
export class UpflowOrganization {
  readonly targets: PushTargets;
  settings: Settings = { ...defaultSettings };
  apiCalls = 0;
  readonly #file: string | undefined;
  readonly #firstKeys: ApiKeys;
  #keys: ApiKeys;
  #customers: Map<string, SimulatedCustomer>;
  #list: readonly SimulatedCustomer[] | undefined;

  /** @param file JSON file that keeps all of it between starts; in memory only when absent */
  constructor(file: string | undefined, firstKeys: ApiKeys) {
    const kept = load(file);
    this.#file = file;
    this.#firstKeys = firstKeys;
    this.#keys = kept?.rotated?.from.apiKey === firstKeys.apiKey ? kept.rotated.to : firstKeys;
    this.#customers = byId(kept?.customers ?? sampleCustomers(new Date()));
    this.targets = new PushTargets(kept?.targets ?? [], () => this.#save());
    this.#save();
  }

  get keys(): ApiKeys {
    return this.#keys;
  }

  /** Replaces the key pair: what had the old one is refused from now on. */
  rotateKeys(given: Parameters<typeof makeApiKeys>[0]): ApiKeys {
    this.#keys = makeApiKeys(given);
    this.#save();
    return this.#keys;
  }

  /** All customers, always in the order in which they came. */
  list(): readonly SimulatedCustomer[] {
    this.#list ??= [...this.#customers.values()];
    return this.#list;
  }

  find(id: string): SimulatedCustomer | undefined {
    return this.#customers.get(id);
  }

  put(customers: readonly SimulatedCustomer[]): void {
    for (const customer of customers) this.#customers.set(customer.id, customer);
    this.#save();
  }

  /** @returns false where there is no such customer */
  remove(id: string): boolean {
    if (!this.#customers.delete(id)) return false;
    this.#save();
    return true;
  }

  /** The sample customers, settings and first keys again; where pushes go stays. */
  reset(): void {
    this.#customers = byId(sampleCustomers(new Date()));
    this.settings = { ...defaultSettings };
    this.apiCalls = 0;
    this.#keys = this.#firstKeys;
    this.targets.resetTotals();
    this.#save();
  }

  #save(): void {
    this.#list = undefined;
    if (this.#file === undefined) return;
    const rotated = this.#keys === this.#firstKeys ? null : { from: this.#firstKeys, to: this.#keys };
    const kept: Kept = { customers: [...this.#customers.values()], targets: this.targets.saved(), rotated };
    writeFileSync(`${this.#file}.new`, JSON.stringify(kept), { mode: 0o600 });
    renameSync(`${this.#file}.new`, this.#file);
  }
}

function byId(customers: readonly SimulatedCustomer[]): Map<string, SimulatedCustomer> {
  return new Map(customers.map((customer) => [customer.id, customer]));
}

function load(file: string | undefined): Kept | undefined {
  if (file === undefined || !existsSync(file)) return undefined;
  const kept = JSON.parse(readFileSync(file, 'utf8')) as Kept | SimulatedCustomer[];
  // A bare list is what earlier versions kept.
  return Array.isArray(kept) ? { customers: kept, targets: [], rotated: null } : kept;
}
