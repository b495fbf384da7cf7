/** The parts of the platform's API that settings and faults can single out. */
export const apiFamilies = [
  'oauth',
  'query',
  'records',
  'describe',
  'collections',
  'composite',
  'bulk',
  'tooling',
  'limits',
  'uiApi',
  'other',
] as const;

export type ApiFamily = (typeof apiFamilies)[number];

const belowVersion: readonly [RegExp, ApiFamily][] = [
  [/^\/tooling(\/|$)/i, 'tooling'],
  [/^\/(query|queryAll)(\/|$)/i, 'query'],
  [/^\/composite\/sobjects(\/|$)/i, 'collections'],
  [/^\/composite(\/|$)/i, 'composite'],
  [/^\/jobs(\/|$)/i, 'bulk'],
  [/^\/limits(\/|$)/i, 'limits'],
  [/^\/ui-api(\/|$)/i, 'uiApi'],
  [/^\/sobjects\/?$/i, 'describe'],
  [/^\/sobjects\/[^/]+\/describe(\/|$)/i, 'describe'],
  [/^\/sobjects\//i, 'records'],
];

/** Which part of the API an address belongs to; its query string does not matter. */
export function findApiFamily(url: string): ApiFamily {
  const path = url.replace(/\?.*$/s, '');
  if (/^\/(services\/oauth2|id|\.well-known)\//i.test(path)) return 'oauth';
  const below = path.replace(/^\/services\/data\/[^/]+/i, '');
  return belowVersion.find(([pattern]) => pattern.test(below))?.[1] ?? 'other';
}
