import type { UserName } from '../org/sample-users.ts';
import { normalizeId } from '../org/salesforce-ids.ts';
import type { RowError } from '../http/api-error.ts';
import { isMeantFor, type MatchedRequest } from './fault-match.ts';
import type { Fault, FaultName, FaultOf } from './fault-shape.ts';
import { seededRandom } from './seeded-random.ts';

/** A fault that was asked for, and what has come of it so far. */
export class ArmedFault {
  readonly fault: Fault;
  fired = 0;
  #seen = 0;
  readonly #draw: () => number;
  readonly #firedByRow = new Map<string, number>();

  constructor(fault: Fault) {
    this.fault = fault;
    this.#draw = seededRandom(fault.match.seed ?? 1);
  }

  /** Whether it befalls this request. Row faults count by row, later; all others count here. */
  takes(request: MatchedRequest): boolean {
    const { match, times = Infinity } = this.fault;
    if (!isMeantFor(match, request)) return false;
    this.#seen += 1;
    if (match.nth !== undefined && match.nth !== this.#seen) return false;
    if (match.probability !== undefined && this.#draw() >= match.probability) return false;
    if (this.fault.fault === 'rowError') return true;
    if (this.fired >= times) return false;
    this.fired += 1;
    return true;
  }

  /** The error that this fault gives to a row, if it is one that it was asked to fail. */
  failRow(rowIndex: number, id: string | null): RowError | null {
    const { fault } = this;
    if (fault.fault !== 'rowError') return null;
    if (fault.rowIndex !== undefined && fault.rowIndex !== rowIndex) return null;
    if (fault.accountIds !== undefined && !fault.accountIds.some((wanted) => normalizeId(wanted) === id))
      return null;
    const row = id ?? `row ${rowIndex}`;
    const before = this.#firedByRow.get(row) ?? 0;
    if (before >= (fault.times ?? Infinity)) return null;
    this.#firedByRow.set(row, before + 1);
    this.fired += 1;
    return { statusCode: fault.statusCode, message: fault.message, fields: fault.fields };
  }
}

/** One kind of fault among several. */
export function pickFault<Name extends FaultName>(
  faults: readonly ArmedFault[],
  name: Name,
): FaultOf<Name> | null {
  const armed = faults.find((candidate) => candidate.fault.fault === name);
  return (armed?.fault as FaultOf<Name> | undefined) ?? null;
}

/** The faults that are set at present. */
export class FaultList {
  #armed: ArmedFault[] = [];

  replace(faults: Fault[]): void {
    this.#armed = faults.map((fault) => new ArmedFault(fault));
  }

  /** The faults that befall a request, or a piece of a job that is worked on as if it were one. */
  take(
    method: string,
    url: string,
    details: Partial<Pick<MatchedRequest, 'user' | 'body'>> = {},
  ): ArmedFault[] {
    if (this.#armed.length === 0) return [];
    const request = { method, url, user: null, body: '', ...details };
    return this.#armed.filter((armed) => armed.takes(request));
  }

  /** The faults that befall the work of a bulk job, which no request waits for: those of rows. */
  takeForJob(path: string, user: UserName): ArmedFault[] {
    const befalling = this.#armed.filter(
      ({ fault }) => fault.fault === 'rowError' || fault.fault === 'maintenance',
    );
    return befalling.filter((armed) => armed.takes({ method: 'POST', url: path, user, body: '' }));
  }

  list(): (Fault & { fired: number })[] {
    return this.#armed.map((armed) => ({ ...armed.fault, fired: armed.fired }));
  }
}
