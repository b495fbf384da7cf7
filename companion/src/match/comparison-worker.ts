import { parentPort, workerData } from 'node:worker_threads';
import { Comparison, COUNT_OF, isAcceptable, NO_COUNTS, type Entry, type ReportRow } from './comparison.ts';
import type { Comparing, ComparisonAnswer, ComparisonRequest } from './compare-apart.ts';

const { kind, decided } = workerData as Comparing;
const comparison = new Comparison(kind, decided);
let rows: Generator<ReportRow> | undefined;

parentPort?.on('message', (request: ComparisonRequest) => {
  try {
    parentPort?.postMessage({ value: answer(request) } satisfies ComparisonAnswer);
  } catch (error) {
    parentPort?.postMessage({ error: (error as Error).message } satisfies ComparisonAnswer);
  }
});

function answer(request: ComparisonRequest): unknown {
  switch (request.ask) {
    case 'customers':
      return comparison.addCustomers(request.entries);
    case 'accounts':
      return comparison.addAccounts(request.entries);
    case 'counts':
      return countAll();
    case 'rows':
      rows ??= comparison.rows();
      return Array.from(take(rows, request.limit));
  }
}

/** Counts the rows, and what they change where the entries' labels are the Accounts that carry figures now. */
function countAll() {
  const counts = { ...NO_COUNTS, ...comparison.added };
  const moves = { gain: 0, lose: 0, change: 0 };
  let acceptable = 0;
  for (const row of comparison.rows()) {
    counts[COUNT_OF[row.kind]]++;
    if (isAcceptable(row)) acceptable++;
    if (row.customer !== undefined) countMove(moves, row, row.customer);
  }
  return { counts, moves, acceptable };
}

function countMove(moves: Record<'gain' | 'lose' | 'change', number>, row: ReportRow, customer: Entry): void {
  const now = row.kind === 'matched' || row.kind === 'manual' ? row.accounts[0]?.[0] : undefined;
  const before = customer[1] === '' ? undefined : customer[1];
  if (now === before) return;
  if (before === undefined) moves.gain++;
  else if (now === undefined) moves.lose++;
  else moves.change++;
}

function* take<Value>(values: Iterator<Value>, limit: number): Generator<Value> {
  for (let taken = 0; taken < limit; taken++) {
    const next = values.next();
    if (next.done === true) return;
    yield next.value;
  }
}
