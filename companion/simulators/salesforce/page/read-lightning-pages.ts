import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';

/** One component of a page, with what the page sets of it. */
export interface PlacedComponent {
  name: string;
  /** The part of the page: `header`, `main` or `sidebar`. */
  region: string;
  properties: Readonly<Record<string, string | number | boolean>>;
}

/** A page of the package with its own components; those of the platform are not listed. */
export interface LightningPage {
  name: string;
  label: string;
  /** The object whose records a record page is for; null for a page of the app. */
  objectName: string | null;
  components: readonly PlacedComponent[];
}

const repeated = new Set(['flexiPageRegions', 'itemInstances', 'componentInstanceProperties']);
const parser = new XMLParser({ parseTagValue: false, isArray: (name) => repeated.has(name) });
const instance = z.object({
  componentName: z.string(),
  componentInstanceProperties: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
});
const shape = z.object({
  FlexiPage: z.object({
    masterLabel: z.string(),
    sobjectType: z.string().nullable().default(null),
    flexiPageRegions: z.array(
      z.object({ name: z.string(), itemInstances: z.array(z.object({ componentInstance: instance })) }),
    ),
  }),
});

const OWN = 'c:';

/** The pages that the package brings, as its metadata lays them out. */
export function readLightningPages(packageDirectory: string): LightningPage[] {
  const folder = join(packageDirectory, 'main/default/flexipages');
  return globSync('*.flexipage-meta.xml', { cwd: folder })
    .sort()
    .map((file) => readPage(readFileSync(join(folder, file), 'utf8'), basename(file, '.flexipage-meta.xml')));
}

function readPage(xml: string, name: string): LightningPage {
  const {
    masterLabel: label,
    sobjectType: objectName,
    flexiPageRegions,
  } = shape.parse(parser.parse(xml)).FlexiPage;
  const components = flexiPageRegions.flatMap(({ name: region, itemInstances }) =>
    itemInstances
      .map(({ componentInstance }) => componentInstance)
      .filter(({ componentName }) => componentName.startsWith(OWN))
      .map(({ componentName, componentInstanceProperties: set }) => ({
        name: componentName.slice(OWN.length),
        region,
        properties: Object.fromEntries(set.map((property) => [property.name, readValue(property.value)])),
      })),
  );
  return { name, label, objectName, components };
}

/** Pages keep every value as text; components get it as what it is. */
function readValue(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
