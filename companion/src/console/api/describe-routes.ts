import type { OpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import type { ApiRoute } from './route.ts';

const problem = z
  .object({ type: z.string(), title: z.string(), status: z.int(), detail: z.string() })
  .meta({ description: 'RFC 9457 problem document' });

/** Adds routes to the OpenAPI description, from the same definitions that they are mounted from. */
export function describeRoutes(registry: OpenAPIRegistry, routes: readonly ApiRoute[]): void {
  for (const { method, path, tag, summary, description, role, ...rest } of routes) {
    const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '');
    const params = z.object(
      Object.fromEntries(names.map((name) => [name, rest.params?.shape[name] ?? z.string()])),
    );
    registry.registerPath({
      method,
      path: path.replaceAll(/:(\w+)/g, '{$1}'),
      tags: [tag],
      summary,
      description: [description, role === 'admin' ? 'For admins.' : undefined].filter(Boolean).join(' '),
      security: describeCallers(role, names),
      request: {
        ...(names.length > 0 ? { params } : {}),
        ...(rest.query === undefined ? {} : { query: rest.query }),
        ...(rest.body === undefined
          ? {}
          : { body: { required: true, content: { 'application/json': { schema: rest.body } } } }),
      },
      responses: {
        [rest.status]: describeAnswer(rest),
        ...(role === 'anyone' ? {} : { 401: refusal('Not signed in') }),
        ...(role === 'admin' ? { 403: refusal('Viewers may not do this') } : {}),
        ...(names.includes('connectionId') ? { 404: refusal('Unknown connection') } : {}),
        ...((rest.body ?? rest.query)
          ? { 422: refusal('The request does not fit; `errors` lists each field') }
          : {}),
        ...Object.fromEntries(
          Object.entries(rest.problems).map(([status, text]) => [status, refusal(text ?? '')]),
        ),
      },
    });
  }
}

/** API tokens open what is about their own connection. */
function describeCallers(role: ApiRoute['role'], names: readonly string[]): Record<string, string[]>[] {
  if (role === 'anyone') return [];
  return names.includes('connectionId') ? [{ session: [] }, { apiToken: [] }] : [{ session: [] }];
}

function describeAnswer({ status, answer, mediaType }: Pick<ApiRoute, 'status' | 'answer' | 'mediaType'>) {
  if (status === 204) return { description: 'Done' };
  if (status === 303) return { description: 'Goes on elsewhere' };
  return { description: 'Done', content: { [mediaType]: { schema: answer ?? z.string() } } };
}

function refusal(description: string) {
  return { description, content: { 'application/problem+json': { schema: problem } } };
}
