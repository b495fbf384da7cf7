import { setTimeout as delay } from 'node:timers/promises';
import type { UpflowAccess } from '../connect/connection.ts';
import { UpflowCallError } from './call-error.ts';
import { exchange, TryAgain, type UpflowRequest } from './exchange.ts';
import { CUSTOMERS } from './lists.ts';
import { readList, readPage, type UpflowItem, type UpflowList } from './read-list.ts';
import type { UpflowTurns } from './take-turns.ts';

/** A client of Upflow's API for one organization. */
export interface UpflowClient {
  /** One cheap call. @throws {UpflowCallError} `refused` when key or secret are wrong */
  checkCredentials(): Promise<void>;
  /**
   * Makes one request, within Upflow's limits and again where that may help.
   *
   * @returns the parsed JSON; undefined where the answer has no body
   * @throws {UpflowCallError}
   */
  call(request: UpflowRequest, signal?: AbortSignal): Promise<unknown>;
  /** All items of a list, page by page, each item once. @throws {UpflowCallError} */
  pages(list: UpflowList, signal?: AbortSignal): AsyncGenerator<UpflowItem[]>;
  /** One page of the customers; money is in minor units. @param page at most 500 customers @throws {UpflowCallError} */
  listCustomers(
    page: { offset: number; limit: number },
    signal?: AbortSignal,
  ): Promise<{ customers: UpflowItem[]; total: number }>;
}

/** The only hosts that ever get a key: https://docs.upflow.io/en-us/technical-documentation/api */
const ORIGINS = { production: 'https://api.upflow.io', sandbox: 'https://api.sandbox.upflow.io' };
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

export interface UpflowClientOptions {
  /** Total deadline of one exchange. */
  timeoutInMs: number;
  turns: UpflowTurns;
  /** In place of Upflow, on this machine; demo and tests only. */
  simulatorOrigin?: string | undefined;
  /** Waits before the second, third … attempt of a call that met a busy server. */
  waitsInMs?: readonly number[];
}

/** Opens a client; nothing is called yet. */
export function openUpflowClient(access: UpflowAccess, options: UpflowClientOptions): UpflowClient {
  const { timeoutInMs, turns, waitsInMs = [1000, 2000, 4000, 8000] } = options;
  const { apiKey, apiSecret } = access;
  const how = { origin: originOf(access, options.simulatorOrigin), apiKey, apiSecret, timeoutInMs };

  async function call(request: UpflowRequest, signal?: AbortSignal): Promise<unknown> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await turns.take(() => exchange(request, how, signal), request.customerId, signal);
      } catch (error) {
        if (!(error instanceof TryAgain)) throw error;
        // Said to one, meant for all.
        if (error.afterSeconds > 0) await turns.rest(error.afterSeconds);
        const wait = waitsInMs[attempt];
        if (wait === undefined) throw new UpflowCallError(error.problem, error.message, error.status);
        await delay(Math.max(wait, error.afterSeconds * 1000), undefined, signal && { signal });
      }
    }
  }

  return {
    call,
    async checkCredentials() {
      await readPage(call, CUSTOMERS, { offset: 0, limit: 1 });
    },
    pages: (list, signal) => readList(call, list, signal),
    async listCustomers(page, signal) {
      const { items, total } = await readPage(call, CUSTOMERS, page, signal);
      return { customers: items, total };
    },
  };
}

function originOf({ environment }: UpflowAccess, simulatorOrigin: string | undefined): string {
  const simulator = simulatorOrigin === undefined ? undefined : new URL(simulatorOrigin);
  return simulator !== undefined && LOOPBACK.has(simulator.hostname)
    ? simulator.origin
    : ORIGINS[environment];
}
