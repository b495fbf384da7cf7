import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { readLabels } from '../read-package-metadata.ts';
import type { Wording } from './gallery-item.ts';

const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'picklistValues' });
const shape = z.object({
  CustomFieldTranslation: z.object({
    picklistValues: z.array(z.object({ masterLabel: z.string(), translation: z.string() })).default([]),
  }),
});

/** The package's texts in a language, English where they are not translated to it. */
export function readWording(packageDirectory: string, language: string): Wording {
  const { english, translations } = readLabels(packageDirectory);
  const labels = translations.get(language);
  const folder = join(packageDirectory, 'main/default/objectTranslations', `Account-${language}`);
  const values = new Map(
    globSync('*.fieldTranslation-meta.xml', { cwd: folder }).flatMap((file) => {
      const field = shape.parse(parser.parse(readFileSync(join(folder, file), 'utf8')));
      return field.CustomFieldTranslation.picklistValues.map(
        ({ masterLabel, translation }) => [masterLabel, translation] as const,
      );
    }),
  );
  return {
    label: (name) => labels?.get(name) ?? english.get(name) ?? name,
    picklistValue: (value) => values.get(value) ?? value,
  };
}
