import type { z } from 'zod';
import { allRoutes } from '../../src/console/api/all-routes.ts';
import type { ApiRoute } from '../../src/console/api/route.ts';
import type { ConsoleBrowser, TestConsole } from './start-console.ts';

/** Stands for whatever a path or query asks for besides the connection. */
export const SOME_ID = 'some-id';
export const SOME_UUID = '5c0ffee0-0000-4000-8000-000000000000';

/** How long an answer that never ends by itself is read. */
const STREAM_IN_MS = 300;

export interface RouteAnswer {
  route: string;
  status: number;
  text: string;
}

/** A route with everything filled in that its path and query ask for. */
export function addressOf({ path, query }: ApiRoute, connectionId: string, id: string = SOME_ID): string {
  const filled = path.replace(':connectionId', connectionId).replaceAll(/:\w+/g, id);
  const shape: Record<string, z.ZodType> = query?.shape ?? {};
  const required = Object.keys(shape).filter((name) => shape[name]?.safeParse(undefined).success === false);
  const filters = new URLSearchParams(Object.fromEntries(required.map((name) => [name, id])));
  return required.length === 0 ? filled : `${filled}?${filters.toString()}`;
}

/** All routes of the admin API that somebody must have signed in for, as they are mounted. */
export function guardedRoutes({ services }: TestConsole): ApiRoute[] {
  return allRoutes(services).filter(({ role }) => role !== 'anyone');
}

export const nameOf = ({ method, path }: Pick<ApiRoute, 'method' | 'path'>): string =>
  `${method.toUpperCase()} ${path}`;

/** Calls a route and reads what it answers; of a stream, the beginning. */
export async function callRoute(
  browser: ConsoleBrowser,
  route: ApiRoute,
  address: string,
  headers: Record<string, string> = {},
): Promise<RouteAnswer> {
  const hasBody = route.body !== undefined;
  const answer = await browser.call(route.method.toUpperCase(), address, {
    headers,
    ...(hasBody ? { body: {} } : {}),
  });
  return { route: nameOf(route), status: answer.status, text: await readStart(answer) };
}

async function readStart(answer: Response): Promise<string> {
  if (answer.headers.get('content-type')?.startsWith('text/event-stream') !== true) return answer.text();
  const reader = answer.body?.getReader();
  const decoder = new TextDecoder();
  const end = setTimeout(() => void reader?.cancel(), STREAM_IN_MS);
  let text = '';
  for (;;) {
    const chunk = await reader?.read();
    if (chunk?.value === undefined) break;
    text += decoder.decode(chunk.value as Uint8Array, { stream: true });
  }
  clearTimeout(end);
  return text;
}
