import { pino, type DestinationStream, type Logger } from 'pino';
import pg from 'pg';

/**
 * The companion's log: JSON lines with ids, codes and counts. Error messages of the database may quote
 * the values of a row, so they are left out; the SQLSTATE and the stack say enough.
 */
export function openLog(level: string, destination?: DestinationStream): Logger {
  const options = { level, base: null, serializers: { err: describeError } };
  return destination === undefined ? pino(options) : pino(options, destination);
}

function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, code, message, stack } = error as Error & { code?: unknown };
  const frames = stack?.slice(stack.indexOf('\n    at ') + 1);
  return error instanceof pg.DatabaseError
    ? { type: name, code, frames }
    : { type: name, code, message, frames };
}
