/** What the org counts. Control calls, sign-in calls and the record page's own calls are not API calls. */
export class Stats {
  apiCalls = 0;
  rowsWritten = 0;
  rowsFailed = 0;
  readonly byResource: Record<string, number> = {};

  countCall(method: string, resource: string): void {
    this.apiCalls += 1;
    const key = `${method} ${resource}`;
    this.byResource[key] = (this.byResource[key] ?? 0) + 1;
  }

  countRow(written: boolean): void {
    if (written) this.rowsWritten += 1;
    else this.rowsFailed += 1;
  }

  /** Rows that were written and then taken back with the request that they stood in have failed after all. */
  takeBackRows(writtenBefore: number): void {
    this.rowsFailed += this.rowsWritten - writtenBefore;
    this.rowsWritten = writtenBefore;
  }
}
