import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import express from 'express';
import { z } from 'zod';
import { createApp } from '../../src/app.ts';
import { route } from '../../src/console/api/route.ts';
import { showApiDocs } from '../../src/show-api-docs.ts';
import { launchBrowser, openContext } from '../support/launch-browser.ts';
import { listen } from '../support/listen.ts';
import { openApiSchema } from '../support/openapi-schema.ts';
import { startConsole, type TestConsole } from '../support/start-console.ts';

interface Operation {
  parameters?: { name: string; in: string; schema: object }[];
  requestBody?: { content: Record<string, { schema?: object }> };
  responses: Record<string, { content?: Record<string, { schema?: object }> }>;
  security?: Record<string, string[]>[];
}
interface Description {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas?: Record<string, object>; securitySchemes: Record<string, object> };
}

let companion: TestConsole;
let description: Description;
beforeAll(async () => {
  companion = await startConsole();
  description = (await (await fetch(`${companion.url}/openapi.json`)).json()) as Description;
});
afterAll(() => companion.stop());

const openAjv = () =>
  (formats as unknown as (ajv: Ajv2020) => Ajv2020)(new Ajv2020({ strict: false, allErrors: true }));

function operations(): { name: string; path: string; operation: Operation }[] {
  return Object.entries(description.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      path,
      operation,
    })),
  );
}

/** Every route that Express has, whoever mounted it. */
function mountedRoutes(): string[] {
  interface Layer {
    route?: { path: string; methods: Record<string, boolean> };
    handle: { stack?: Layer[] };
  }
  const app = createApp({
    services: companion.services,
    storePush: () => Promise.resolve(),
    isAcceptingWork: () => true,
  });
  const collect = (layers: Layer[]): string[] =>
    layers.flatMap(({ route: mounted, handle }) =>
      mounted === undefined
        ? collect(handle.stack ?? [])
        : Object.keys(mounted.methods).map((method) => `${method.toUpperCase()} ${mounted.path}`),
    );
  return collect((app.router as unknown as { stack: Layer[] }).stack).map((name) =>
    name.replaceAll(/:(\w+)/g, '{$1}'),
  );
}

test('the description is valid OpenAPI 3.1', () => {
  const isValid = openAjv().compile(openApiSchema);
  isValid(description);
  expect(isValid.errors ?? []).toEqual([]);
});

test('every schema in it is valid JSON Schema', () => {
  const ajv = openAjv();
  for (const { name, operation } of operations()) {
    const contents = [operation.requestBody, ...Object.values(operation.responses)];
    const schemas = [
      ...(operation.parameters ?? []).map(({ schema }) => schema),
      ...contents.flatMap((part) => Object.values(part?.content ?? {}).flatMap(({ schema }) => schema ?? [])),
    ];
    for (const schema of schemas) {
      expect([name, ajv.validateSchema(schema)]).toEqual([name, true]);
      expect(() => ajv.compile({ ...schema, components: description.components })).not.toThrow();
    }
  }
});

test('each operation declares the parameters of its path, and ways to sign in that exist', () => {
  for (const { name, path, operation } of operations()) {
    const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
    expect([name, declared.map((parameter) => parameter.name).sort()]).toEqual([name, inPath.sort()]);
    const schemes = (operation.security ?? []).flatMap((ways) => Object.keys(ways));
    expect(Object.keys(description.components.securitySchemes)).toEqual(expect.arrayContaining(schemes));
  }
});

test('every route that is mounted is described, and no other', () => {
  const aboutThePages = /^GET \/(docs|console|openapi\.json)/;
  const mounted = mountedRoutes().filter((name) => !aboutThePages.test(name));
  expect(mounted.length).toBeGreaterThan(8);
  expect(
    operations()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(mounted.sort());
});

test('what everybody may call says so, and all else asks for a session or a token', () => {
  const open = operations().filter(({ operation }) => (operation.security ?? []).length === 0);
  expect(open.map(({ name }) => name).sort()).toEqual([
    'GET /healthz',
    'GET /metrics',
    'GET /readyz',
    'GET /v1/session/openid-connect/callback',
    'GET /v1/session/openid-connect/start',
    'POST /v1/connections/{connectionId}/pushes',
    'POST /v1/session/link',
    'POST /v1/session/links',
  ]);
});

test('every answer says that it is not to be framed, guessed at or told to others', async () => {
  for (const path of ['/healthz', '/openapi.json', '/docs', '/v1/session', '/nowhere', '/metrics']) {
    const { headers } = await fetch(companion.url + path);
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      'x-frame-options': 'DENY',
    });
    expect([path, headers.get('strict-transport-security')]).toEqual([path, null]);
    expect(headers.get('x-powered-by')).toBeNull();
  }
});

test('the page that shows the description is readable for everybody, whatever the methods', async () => {
  const methods = (['get', 'post', 'put', 'patch', 'delete'] as const).map((method) =>
    route({
      method,
      path: `/v1/${method}`,
      tag: 'Methods',
      summary: `A route to ${method}`,
      body: z.object({ name: z.string() }),
      answer: z.object({ at: z.iso.datetime() }),
      handle: () => Promise.resolve({ at: '' }),
    }),
  );
  const site = await listen(express().use(showApiDocs(methods)));
  const chromium = await launchBrowser();
  const page = await (await openContext(chromium)).newPage();
  await page.goto(`${site.url}/docs`);
  await page.getByText('/v1/delete').waitFor();
  expect(
    (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes[0]?.html]),
  ).toEqual([]);
  await chromium.close();
  await site.close();
}, 90_000);
