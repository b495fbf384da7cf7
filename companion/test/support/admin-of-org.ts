import type { Pipeline } from './start-pipeline.ts';

/** What the org's own admin does: through Salesforce's API, as the admin. */
export function adminOf({ salesforce }: Pipeline) {
  async function call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const { accessToken } = salesforce.org.openSession('admin');
    const answer = await fetch(`${salesforce.url}/services/data/v66.0${path}`, {
      method,
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as Answer;
  }

  async function query(soql: string): Promise<Record<string, unknown>[]> {
    const path = `/query?q=${encodeURIComponent(soql)}`;
    return (await call<{ records: Record<string, unknown>[] }>('GET', path)).records;
  }

  return {
    query,
    update: (id: string, values: object) => call('PATCH', `/sobjects/Account/${id}`, values),
    /** Makes a field on Account, and shows it to the integration user and to the admin. */
    async addField(name: string, metadata: object): Promise<void> {
      const body = { FullName: `Account.${name}`, Metadata: { label: name.replace('__c', ''), ...metadata } };
      await call('POST', '/tooling/sobjects/CustomField', body);
      const sets = await query(
        "SELECT Id FROM PermissionSet WHERE Name = 'Upflow_Integration' OR Profile.Name = 'System Administrator'",
      );
      for (const { Id } of sets) {
        await call('POST', '/sobjects/FieldPermissions', {
          ParentId: Id,
          SobjectType: 'Account',
          Field: `Account.${name}`,
          PermissionsRead: true,
          PermissionsEdit: true,
        });
      }
    },
    /** Deletes a field of Account. */
    async removeField(name: string): Promise<void> {
      const soql = `SELECT Id FROM CustomField WHERE DeveloperName = '${name.replace('__c', '')}'`;
      const path = `/tooling/query?q=${encodeURIComponent(soql)}`;
      const { records } = await call<{ records: { Id: string }[] }>('GET', path);
      for (const { Id } of records) await call('DELETE', `/tooling/sobjects/CustomField/${Id}`);
    },
  };
}
