import { compile } from '@lwc/sfdc-lwc-compiler';
import { z } from 'zod';
import type { Bundle } from './package-source.ts';

/** What the platform's compiler tells of a bundle, as far as it is used here. */
const reportShape = z.object({
  success: z.boolean(),
  diagnostics: z.array(
    z.object({
      level: z.number(),
      code: z.number().optional(),
      message: z.string(),
      filename: z.string().optional(),
      location: z.object({ line: z.number() }).optional(),
    }),
  ),
  metadata: z
    .object({
      references: z.array(
        z.object({
          type: z.string(),
          id: z.string(),
          file: z.string(),
          locations: z.array(z.object({ startLine: z.number() })),
        }),
      ),
      classMembers: z.array(
        z.object({ name: z.string(), type: z.string(), decorator: z.string().optional() }),
      ),
      templateDependencies: z.array(
        z.object({
          fileName: z.string(),
          componentReferences: z.array(
            z.object({
              name: z.string(),
              tagName: z.string(),
              locations: z.array(z.object({ startLine: z.number() })),
              properties: z.array(z.record(z.string(), z.unknown())).default([]),
            }),
          ),
        }),
      ),
    })
    .optional(),
});

export type CompileReport = z.infer<typeof reportShape>;

const API_VERSION = 66;

/** By the sources: many checks of nearly the same package compile only what differs. */
const compiled = new Map<string, Promise<CompileReport>>();

/** Compiles a bundle the way the platform does when the package is deployed. */
export function compileBundle(bundle: Bundle): Promise<CompileReport> {
  const key = JSON.stringify([bundle.name, ...bundle.files]);
  const report = compiled.get(key) ?? compileSources(bundle);
  compiled.set(key, report);
  return report;
}

async function compileSources(bundle: Bundle): Promise<CompileReport> {
  const report: unknown = await compile({
    bundle: {
      namespace: 'c',
      name: bundle.name,
      type: 'platform',
      files: Object.fromEntries(bundle.files),
      options: { apiVersion: API_VERSION },
      namespaceMapping: {},
    },
  });
  return reportShape.parse(report);
}
