/** A statement of this length is not felt by those who wait for the same database. */
const AIM_IN_MS = 25;
const FEWEST = 400;

/**
 * Rows for the next of many statements, from how long the last took: on the embedded database each of them stops the
 * whole process, so they must stay short on a slow machine too.
 */
export function paceSlices({ first = 500, most = 4000 } = {}): {
  readonly rows: number;
  measure<Result>(statement: () => Promise<Result>): Promise<Result>;
} {
  let rows = first;
  return {
    get rows() {
      return rows;
    },
    async measure(statement) {
      const start = performance.now();
      const result = await statement();
      const factor = Math.min(1.5, Math.max(0.5, AIM_IN_MS / Math.max(performance.now() - start, 1)));
      rows = Math.round(Math.min(most, Math.max(FEWEST, rows * factor)));
      // Whatever else waits comes first.
      await new Promise((resolve) => setImmediate(resolve));
      return result;
    },
  };
}
