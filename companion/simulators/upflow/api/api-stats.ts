/** What was asked of the API since the start or the last reset. */
export class ApiStats {
  apiCalls = 0;
  /** Calls that changed something. */
  writes = 0;
  /** How often a write of a customer came while another one of the same customer was under way. */
  overlappingWrites = 0;
  /** Calls by method and path, ids left out. */
  byResource: Record<string, number> = {};

  count(method: string, resource: string, isWrite: boolean): void {
    const name = `${method} ${resource}`;
    this.byResource[name] = (this.byResource[name] ?? 0) + 1;
    if (isWrite) this.writes++;
  }

  list(): object {
    const { apiCalls, writes, overlappingWrites, byResource } = this;
    return { apiCalls, writes, overlappingWrites, byResource };
  }

  reset(): void {
    Object.assign(this, { apiCalls: 0, writes: 0, overlappingWrites: 0, byResource: {} });
  }
}
