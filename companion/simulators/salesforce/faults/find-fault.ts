import type { Response } from 'express';
import { pickFault, type ArmedFault } from './fault-list.ts';
import type { FaultName, FaultOf } from './fault-shape.ts';

const armedKey = 'armedFaults';

/** Keeps the faults of a request with its response, where whoever answers finds them. */
export function keepFaults(res: Response, faults: readonly ArmedFault[]): void {
  res.locals[armedKey] = faults;
}

/** The faults that befall the request which this response answers. */
export function faultsOf(res: Response): readonly ArmedFault[] {
  return (res.locals[armedKey] as ArmedFault[] | undefined) ?? [];
}

/** One kind of fault among those of this request. */
export function findFault<Name extends FaultName>(res: Response, name: Name): FaultOf<Name> | null {
  return pickFault(faultsOf(res), name);
}
