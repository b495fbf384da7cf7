import { normalizeId } from '../org/salesforce-ids.ts';
import type { RowError } from '../http/api-error.ts';
import type { Fault, FaultOf } from './fault-shape.ts';

/** A fault that was asked for, and what has come of it so far. */
export class ArmedFault {
  readonly fault: Fault;
  fired = 0;
  #seen = 0;
  readonly #firedByRow = new Map<string, number>();

  constructor(fault: Fault) {
    this.fault = fault;
  }

  /** Whether it befalls this request. Row faults count by row, later; all others count here. */
  takes(method: string, url: string): boolean {
    const { match, times = Infinity } = this.fault;
    if (match.method !== undefined && match.method !== method) return false;
    if (match.path !== undefined && !matchesPath(match.path, url)) return false;
    this.#seen += 1;
    if (match.nth !== undefined && match.nth !== this.#seen) return false;
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
export function pickFault<Name extends Fault['fault']>(
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

  take(method: string, url: string): ArmedFault[] {
    return this.#armed.filter((armed) => armed.takes(method, url));
  }

  /** The faults that befall the work of a bulk job, which no request waits for: those of rows. */
  takeForJob(path: string): ArmedFault[] {
    const befalling = this.#armed.filter(
      ({ fault }) => fault.fault === 'rowError' || fault.fault === 'maintenance',
    );
    return befalling.filter((armed) => armed.takes('POST', path));
  }

  list(): (Fault & { fired: number })[] {
    return this.#armed.map((armed) => ({ ...armed.fault, fired: armed.fired }));
  }
}

function matchesPath(wanted: string, url: string): boolean {
  if (url.includes(wanted)) return true;
  try {
    return new RegExp(wanted).test(url);
  } catch {
    // Not a regular expression: then it was meant as a part of the URL, which it is not.
    return false;
  }
}
