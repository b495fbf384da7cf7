import { eventually, type Pipeline } from '../support/start-pipeline.ts';

export interface Audit {
  id: string;
  state: string;
  total: number;
  compared: number;
  leftOut: number;
  drifted: number;
  gone: number;
  calls: number;
  counts: Record<string, number>;
  reason: { code: string; message: string } | null;
  ofAudit: string | null;
}

export interface Row {
  accountId: string;
  customerId: string;
  field: string | null;
  kind: string;
  shows: string | null;
  shouldShow: string | null;
  repair: string | null;
}

/** What tests of drift do: change Accounts as another app of the org would, audit, repair. */
export function openDrift(pipeline: Pipeline) {
  const salesforce = async (method: string, id: string, body?: object) => {
    const { accessToken } = pipeline.salesforce.org.openSession(
      method === 'DELETE' ? 'admin' : 'integration',
    );
    const answer = await fetch(`${pipeline.salesforce.url}/services/data/v66.0/sobjects/Account/${id}`, {
      method,
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  };
  const read = (id: string) => pipeline.ask<Audit>('GET', `acme/drift-audits/${id}`);
  const ended = (id: string) =>
    eventually(
      async () => {
        const audit = await read(id);
        return audit.state === 'waiting' || audit.state === 'running' ? undefined : audit;
      },
      'the audit to end',
      40,
    );
  return {
    edit: (id: string, fields: object) => salesforce('PATCH', id, fields),
    remove: (id: string) => salesforce('DELETE', id),
    ended,
    async audit(body: object = {}): Promise<Audit> {
      const started = await pipeline.api<Audit>('POST', 'drift-audits', body);
      if (started.status !== 202) throw new Error(JSON.stringify(started.body));
      return ended(started.body.id);
    },
    async rows(auditId: string, query: Record<string, string> = {}): Promise<Row[]> {
      const rows: Row[] = [];
      for (let after: string | null = ''; after !== null;) {
        const search: string = new URLSearchParams({ ...query, ...(after && { after }) }).toString();
        const page: { rows: Row[]; next: string | null } = await pipeline.ask(
          'GET',
          `acme/drift-audits/${auditId}/rows?${search}`,
        );
        rows.push(...page.rows);
        after = page.next;
      }
      return rows;
    },
    async repair(auditId: string, body: object = {}): Promise<string> {
      const { body: started } = await pipeline.api<{ runId: string }>(
        'POST',
        `drift-audits/${auditId}/repair`,
        body,
      );
      await eventually(async () => {
        const run = await pipeline.ask<{ state: string }>('GET', `acme/exports/${started.runId}`);
        return run.state === 'done' ? true : undefined;
      }, 'the repair to end');
      return started.runId;
    },
  };
}
