import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';

const parser = new XMLParser({ parseTagValue: false });
const shape = z.object({
  LightningComponentBundle: z.object({ isExposed: z.enum(['true', 'false']) }),
});

/** Names of the package's components that an admin can put on pages. */
export function listExposedComponents(packageDirectory: string): string[] {
  const folder = join(packageDirectory, 'main/default/lwc');
  return globSync('*/*.js-meta.xml', { cwd: folder })
    .sort()
    .filter((path) => {
      const bundle = shape.parse(parser.parse(readFileSync(join(folder, path), 'utf8')));
      return bundle.LightningComponentBundle.isExposed === 'true';
    })
    .map((path) => basename(path, '.js-meta.xml'));
}
