import type { Reason } from '../outcome.ts';
import type { DatabaseFacts } from '../store/health.ts';

/** The oldest PostgreSQL that the companion is made for. */
const OLDEST_VERSION = 150_000;

const SLOW_IN_MS = 1000;

/** Says what is wrong with the database, and what to do. */
export function findDatabaseProblems(
  kind: 'postgres' | 'pglite',
  { version, versionNumber, isDurable }: DatabaseFacts,
  answeredInMs: number,
): Reason[] {
  const problems: Reason[] = [];
  if (versionNumber < OLDEST_VERSION) {
    problems.push({
      code: 'database-old',
      message: `The server is PostgreSQL ${version}.`,
      explanation: 'The companion is made for PostgreSQL 15 and newer.',
      action: 'Upgrade the server.',
    });
  }
  // The embedded database brings each commit to disk by itself, whatever this setting says.
  if (kind === 'postgres' && !isDurable) {
    problems.push({
      code: 'database-not-durable',
      message: 'fsync or full_page_writes is off.',
      explanation: 'A push that was answered can be lost when the server loses its power.',
      action: 'Switch both on in the settings of the server.',
    });
  }
  if (answeredInMs > SLOW_IN_MS) {
    problems.push({
      code: 'database-slow',
      message: `It took ${Math.round(answeredInMs)} ms to answer a question that takes less than one.`,
      explanation: 'Pushes are answered, and Accounts written, later than they could be.',
      action: 'Look at the load of the database and of its disk.',
    });
  }
  return problems;
}
