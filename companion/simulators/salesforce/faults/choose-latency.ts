import { findApiFamily } from '../http/api-families.ts';
import type { Settings } from '../org/settings.ts';

/** How long a call is to take, leaving aside its rows. `draw` gives numbers from 0 up to 1. */
export function chooseLatency(settings: Settings, path: string, draw: () => number): number {
  const latency = settings.latencyMsByApi[findApiFamily(path)] ?? settings.latencyMs;
  return typeof latency === 'number' ? latency : latency.min + draw() * (latency.max - latency.min);
}
