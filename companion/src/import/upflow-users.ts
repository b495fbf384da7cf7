import { createUser, readUsers } from '../upflow/users.ts';
import type { UpflowClient } from '../upflow/api-client.ts';
import { UpflowCallError } from '../upflow/call-error.ts';
import type { Owner } from '../store/import-customers.ts';

/** Who is a user of Upflow: known owners need no call, the list is read at the first that is not known. */
export class UpflowUsers {
  readonly #client: UpflowClient;
  #byEmail: Promise<Map<string, string>> | undefined;
  readonly #creating = new Map<string, Promise<string>>();
  readonly #doubted = new Set<string>();
  /** Which user each owner was found to be, to be kept; null where Upflow refused the one that was known. */
  readonly found = new Map<string, string | null>();
  created = 0;

  constructor(client: UpflowClient) {
    this.#client = client;
  }

  /** The user with an owner's email, in any case of letters; created where there is none, and not invited. */
  async idOf(owner: Owner & { email: string }, signal?: AbortSignal): Promise<string> {
    const known = this.found.get(owner.id) ?? (this.#doubted.has(owner.id) ? null : owner.upflowId);
    if (known !== null) return known;
    const key = owner.email.toLowerCase();
    const id = (await this.#list(signal)).get(key) ?? (await this.#create(key, owner, signal));
    this.found.set(owner.id, id);
    return id;
  }

  /** Looks an owner's user up anew, once: Upflow refused it, so it may be gone from there. */
  doubt(ownerId: string): void {
    if (this.#doubted.has(ownerId)) return;
    this.#doubted.add(ownerId);
    this.found.set(ownerId, null);
    this.#byEmail = undefined;
    this.#creating.clear();
  }

  #list(signal?: AbortSignal): Promise<Map<string, string>> {
    this.#byEmail ??= readUsers(this.#client, signal).catch((error: unknown) => {
      this.#byEmail = undefined;
      throw error;
    });
    return this.#byEmail;
  }

  /** Two owners with one email become one user. */
  #create(key: string, owner: Owner & { email: string }, signal?: AbortSignal): Promise<string> {
    const running = this.#creating.get(key);
    if (running !== undefined) return running;
    const creating = this.#createOnce(key, owner, signal);
    this.#creating.set(key, creating);
    creating.catch(() => this.#creating.delete(key));
    return creating;
  }

  async #createOnce(key: string, owner: Owner & { email: string }, signal?: AbortSignal): Promise<string> {
    const { email, firstName, lastName } = owner;
    try {
      const id = await createUser(this.#client, { email, firstName, lastName }, signal);
      this.created++;
      return id;
    } catch (error) {
      if (!(error instanceof UpflowCallError) || error.problem !== 'rejected') throw error;
      // Somebody created the user meanwhile.
      this.#byEmail = undefined;
      const id = (await this.#list(signal)).get(key);
      if (id === undefined) throw error;
      return id;
    }
  }
}
