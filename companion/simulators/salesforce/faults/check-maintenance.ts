import type { SimulatedOrg } from '../org/simulated-org.ts';
import { pickFault, type ArmedFault } from './fault-list.ts';
import type { Maintenance } from './limit-settings.ts';

/** Whether writes of this request, or piece of a job, meet an org that is read-only. */
export function isUnderMaintenance(org: SimulatedOrg, faults: readonly ArmedFault[]): boolean {
  return pickFault(faults, 'maintenance') !== null || isDue(org.settings.maintenance, org.clock.now());
}

/** Keeps a planned maintenance by its times, so that changing another setting does not put it off. */
export function planMaintenance(maintenance: Maintenance, now: number): Maintenance {
  if (typeof maintenance === 'boolean' || !('startsInMs' in maintenance)) return maintenance;
  const from = now + maintenance.startsInMs;
  return { from, until: maintenance.lastsMs === undefined ? null : from + maintenance.lastsMs };
}

function isDue(maintenance: Maintenance, now: number): boolean {
  if (typeof maintenance === 'boolean') return maintenance;
  if ('startsInMs' in maintenance) return false;
  return now >= maintenance.from && now < (maintenance.until ?? Infinity);
}
