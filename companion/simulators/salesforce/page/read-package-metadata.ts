import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';

interface LabelFile {
  CustomLabels: { labels: { fullName: string; value: string }[] };
}

const parser = new XMLParser({
  isArray: (name) => name === 'labels',
  parseTagValue: false,
});

/** Every custom label of the package with its text. */
export function readLabels(packageDirectory: string): Map<string, string> {
  const path = join(packageDirectory, 'main/default/labels/CustomLabels.labels-meta.xml');
  const file = parser.parse(readFileSync(path, 'utf8')) as LabelFile;
  return new Map(file.CustomLabels.labels.map(({ fullName, value }) => [fullName, value]));
}

/** Names of the custom fields that the package adds to an object, without the namespace. */
export function readFieldNames(packageDirectory: string, objectName: string): Set<string> {
  const folder = join(packageDirectory, 'main/default/objects', objectName, 'fields');
  const suffix = '.field-meta.xml';
  const files = readdirSync(folder).filter((name) => name.endsWith(suffix));
  return new Set(files.map((name) => name.slice(0, -suffix.length)));
}

/** Names of the component bundles of the package. */
export function readBundleNames(packageDirectory: string): string[] {
  const entries = readdirSync(join(packageDirectory, 'main/default/lwc'), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}
