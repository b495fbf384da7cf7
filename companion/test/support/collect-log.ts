import type { Logger } from 'pino';
import { openLog } from '../../src/open-log.ts';

/** A log whose lines a test can read. */
export function collectLog(): { log: Logger; lines: string[] } {
  const lines: string[] = [];
  return { log: openLog('trace', { write: (line) => void lines.push(line) }), lines };
}
