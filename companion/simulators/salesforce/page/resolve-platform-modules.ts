import type { Plugin } from 'rollup';
import { readComponentNames, readFieldNames, readLabels, type Labels } from './read-package-metadata.ts';

const VIRTUAL_PREFIX = '\0platform:';
const COMPONENTS = '@package/components';
const NAMESPACE = 'upflow';

/** What the reader's language and region decide; the page states them on its root element. */
const INTERNATIONALIZATION: Record<string, string> = {
  lang: `document.documentElement.lang || 'en'`,
  dir: `document.documentElement.dir || 'ltr'`,
  locale: `document.documentElement.dataset.locale || 'en-US'`,
  currency: `document.documentElement.dataset.currency || 'USD'`,
  timeZone: `document.documentElement.dataset.timeZone || 'UTC'`,
};

const exportValue = (value: unknown) => `export default ${JSON.stringify(value)};`;

/** A label in the reader's language, which the page states on its root element. */
function resolveLabel(name: string, labels: Labels): string {
  const value = labels.english.get(name);
  if (value === undefined) throw new Error(`The package has no label ${name}: add it to CustomLabels.`);
  const texts = Object.fromEntries(
    [...labels.translations].map(([language, translated]) => [language, translated.get(name) ?? value]),
  );
  return `export default ${JSON.stringify(texts)}[document.documentElement.lang] ?? ${JSON.stringify(value)};`;
}

function resolveField(path: string, packageDirectory: string): string {
  const [objectApiName = '', ...names] = path.split('.');
  const fieldName = names.at(-1) ?? '';
  // A path over a parent ends in a field of the parent: all relationships used here are named after their object.
  const holder = names.at(-2) ?? objectApiName;
  if (fieldName.endsWith('__c') && !readFieldNames(packageDirectory, holder).has(fieldName)) {
    throw new Error(`The package has no field ${path}: a component imports it.`);
  }
  // In an org the package is installed under its namespace, and a component's imports follow it.
  const qualified = names.map((name) => (name.endsWith('__c') ? `${NAMESPACE}__${name}` : name));
  return exportValue({ objectApiName, fieldApiName: qualified.join('.') });
}

/** All components by their names: those for pages, and the parts that they share. */
function resolveComponents(packageDirectory: string): string {
  const names = readComponentNames(packageDirectory);
  const imports = names.map((name) => `import ${name} from 'c/${name}';`);
  return `${imports.join('\n')}\nexport default { ${names.join(', ')} };`;
}

/** Gives components what the platform gives them: labels and fields from the package's own metadata, the reader's region. */
export function resolvePlatformModules(packageDirectory: string): Plugin {
  const labels = readLabels(packageDirectory);
  return {
    name: 'resolve-platform-modules',
    resolveId(source) {
      const isOurs =
        source === COMPONENTS ||
        source.startsWith('@salesforce/label/c.') ||
        source.startsWith('@salesforce/schema/') ||
        (source.startsWith('@salesforce/i18n/') &&
          source.slice('@salesforce/i18n/'.length) in INTERNATIONALIZATION);
      return isOurs ? VIRTUAL_PREFIX + source : null;
    },
    load(id) {
      if (!id.startsWith(VIRTUAL_PREFIX)) return null;
      if (id === VIRTUAL_PREFIX + COMPONENTS) return resolveComponents(packageDirectory);
      const [, kind, name = ''] = id.slice(VIRTUAL_PREFIX.length).split('/');
      if (kind === 'label') return resolveLabel(name.slice('c.'.length), labels);
      if (kind === 'schema') return resolveField(name, packageDirectory);
      return `export default ${INTERNATIONALIZATION[name] ?? 'undefined'};`;
    },
  };
}
