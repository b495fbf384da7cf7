import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';

interface LabelFile {
  CustomLabels: { labels: { fullName: string; value: string }[] };
}

interface TranslationFile {
  Translations: { customLabels: { name: string; label: string }[] };
}

const parser = new XMLParser({
  isArray: (name) => name === 'labels' || name === 'customLabels',
  parseTagValue: false,
});

/** The custom labels of the package by name: in English, and in each language that it is translated to. */
export interface Labels {
  english: ReadonlyMap<string, string>;
  translations: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** Every custom label of the package with its texts. */
export function readLabels(packageDirectory: string): Labels {
  const folder = join(packageDirectory, 'main/default');
  const path = join(folder, 'labels/CustomLabels.labels-meta.xml');
  const file = parser.parse(readFileSync(path, 'utf8')) as LabelFile;
  const translations = globSync('translations/*.translation-meta.xml', { cwd: folder }).map((translation) => {
    const { Translations } = parser.parse(readFileSync(join(folder, translation), 'utf8')) as TranslationFile;
    const texts = Translations.customLabels.map(({ name, label }) => [name, label] as const);
    return [basename(translation, '.translation-meta.xml'), new Map(texts)] as const;
  });
  return {
    english: new Map(file.CustomLabels.labels.map(({ fullName, value }) => [fullName, value])),
    translations: new Map(translations),
  };
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

/** Names of the bundles that can be shown: the others are code that they share. */
export const readComponentNames = (packageDirectory: string): string[] =>
  readBundleNames(packageDirectory).filter((name) =>
    existsSync(join(packageDirectory, 'main/default/lwc', name, `${name}.html`)),
  );
