import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';

const repeated = new Set(['target', 'targetConfig', 'object']);
const parser = new XMLParser({
  ignoreAttributes: false,
  parseTagValue: false,
  isArray: (name, _path, _isLeaf, isAttribute) => !isAttribute && repeated.has(name),
});
const shape = z.object({
  LightningComponentBundle: z.object({
    isExposed: z.string().default('false'),
    targets: z.object({ target: z.array(z.string()) }).optional(),
    targetConfigs: z
      .object({
        targetConfig: z.array(
          z.object({
            '@_targets': z.string(),
            objects: z.object({ object: z.array(z.string()) }).optional(),
          }),
        ),
      })
      .optional(),
  }),
});

const RECORD_PAGE = 'lightning__RecordPage';

/** A component that an admin can put on record pages. */
export interface RecordComponent {
  name: string;
  /** Objects on whose pages it may stand; null stands for all. */
  objects: readonly string[] | null;
}

/** The package's components for record pages, as their metadata offers them. */
export function listRecordComponents(packageDirectory: string): RecordComponent[] {
  const folder = join(packageDirectory, 'main/default/lwc');
  return globSync('*/*.js-meta.xml', { cwd: folder })
    .sort()
    .flatMap((path) => {
      const xml = readFileSync(join(folder, path), 'utf8');
      const { LightningComponentBundle: bundle } = shape.parse(parser.parse(xml));
      const isOffered = bundle.isExposed === 'true' && bundle.targets?.target.includes(RECORD_PAGE);
      if (!isOffered) return [];
      const configs = bundle.targetConfigs?.targetConfig ?? [];
      const config = configs.find((candidate) =>
        candidate['@_targets'].split(/\s*,\s*/).includes(RECORD_PAGE),
      );
      return [{ name: basename(path, '.js-meta.xml'), objects: config?.objects?.object ?? null }];
    });
}
