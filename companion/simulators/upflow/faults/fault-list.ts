import { z } from 'zod';

const faultNames = [
  'status-500',
  'status-503',
  'status-429',
  /** Closes the connection before doing the work. */
  'reset',
  /** Does the work, then closes the connection instead of answering. */
  'reset-after',
  /** Never answers, without doing the work. */
  'hang',
  /** A page for people with status 200, as a proxy gives it. */
  'html',
  /** Does the work, and answers only the first half of the body, as if that were all. */
  'cut-json',
] as const;

const faultShape = z.strictObject({
  /** Which calls it befalls: all of what is given must hold. */
  match: z
    .strictObject({
      method: z.string().toUpperCase().optional(),
      /** A part of the path after `/v1`, query included, or a regular expression on it. */
      path: z.string().optional(),
      /** Picks one among the calls that match the rest. */
      nth: z.int().min(1).optional(),
    })
    .default({}),
  fault: z.enum(faultNames),
  /** How often it may happen; without it, always. */
  times: z.int().min(1).optional(),
  /** Seconds that a status tells to wait. */
  retryAfter: z.int().min(0).optional(),
});
export const faultsShape = z.array(faultShape);
export type Fault = z.infer<typeof faultShape>;

interface Armed {
  fault: Fault;
  seen: number;
  fired: number;
}

/** The faults that are set at present. */
export class FaultList {
  #armed: Armed[] = [];

  replace(faults: readonly Fault[]): void {
    this.#armed = faults.map((fault) => ({ fault, seen: 0, fired: 0 }));
  }

  list(): (Fault & { fired: number })[] {
    return this.#armed.map(({ fault, fired }) => ({ ...fault, fired }));
  }

  /** The fault that befalls a call, if one does. */
  take(method: string, url: string): Fault | undefined {
    const taken = this.#armed.filter((armed) => takes(armed, method, url));
    const [first] = taken;
    if (first !== undefined) first.fired++;
    return first?.fault;
  }
}

function takes(armed: Armed, method: string, url: string): boolean {
  const { match, times = Infinity } = armed.fault;
  if (match.method !== undefined && match.method !== method) return false;
  if (match.path !== undefined && !matchesPath(match.path, url)) return false;
  armed.seen++;
  return (match.nth === undefined || match.nth === armed.seen) && armed.fired < times;
}

function matchesPath(wanted: string, url: string): boolean {
  if (url.includes(wanted)) return true;
  try {
    return new RegExp(wanted).test(url);
  } catch {
    // Not a regular expression: then it was meant as a part of the path, which it is not.
    return false;
  }
}
