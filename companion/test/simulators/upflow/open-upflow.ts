import { startUpflowSimulator } from '../../../simulators/upflow/start-upflow-simulator.ts';

export interface Reply {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

/** A simulated Upflow of its own, with the ways in which tests speak to it. */
export async function openUpflow() {
  const upflow = await startUpflowSimulator();
  async function ask(path: string, init: RequestInit = {}): Promise<Reply> {
    const reply = await fetch(`${upflow.url}${path}`, init);
    const text = await reply.text();
    return {
      status: reply.status,
      headers: reply.headers,
      body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
    };
  }
  return {
    ...upflow,
    control: (method: string, path: string, body?: unknown) =>
      ask(`/_simulator${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    /** Calls the API, with the key pair of the organization or another. */
    call: (path: string, { apiKey, apiSecret } = upflow.keys()) =>
      ask(`/v1${path}`, { headers: { 'x-api-key': apiKey, 'x-api-secret': apiSecret } }),
    /** Writes by the API. */
    write: (method: string, path: string, body?: unknown) =>
      ask(`/v1${path}`, {
        method,
        headers: {
          'x-api-key': upflow.keys().apiKey,
          'x-api-secret': upflow.keys().apiSecret,
          'content-type': 'application/json',
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    /** Sends a form of the settings pages. @returns the page that comes next */
    async submit(path: string, fields: Record<string, string>): Promise<{ status: number; page: string }> {
      const answer = await fetch(`${upflow.url}${path}`, {
        method: 'POST',
        body: new URLSearchParams(fields),
      });
      return { status: answer.status, page: await answer.text() };
    },
  };
}
