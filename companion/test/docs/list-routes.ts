import type { Router } from 'express';

/** `GET /_simulator/stats` and so on, of a router that is mounted there, and those within it. */
export function listRoutes({ stack }: Pick<Router, 'stack'>, at: string): string[] {
  return stack.flatMap(({ route, handle }) => {
    if (route !== undefined) return listMethods(route).map((method) => `${method} ${at}${route.path}`);
    return 'stack' in handle ? listRoutes(handle as unknown as Router, at) : [];
  });
}

function listMethods({ stack }: { stack: { method: string }[] }): string[] {
  return stack.map(({ method }) => method.toUpperCase());
}
