import { listLabels, listPlaceholders } from './check-labels.ts';
import { filesOf, type MetadataFile, type PackageSource } from './package-source.ts';
import type { Problem } from './problem.ts';
import { problemAt } from './report-problem.ts';
import { childOf, childrenOf, textOf, walk, type XmlNode } from './xml-node.ts';

/** The languages that the package speaks besides English. */
const languages = ['fr'];

/** Whether each language has every label, tab, report type and field, with the same placeholders. */
export function checkTranslations(source: PackageSource): Problem[] {
  return languages.flatMap((language) => [
    ...checkLabelTranslations(source, language),
    ...checkNameTranslations(source, language),
    ...filesOf(source, 'CustomField').flatMap((field) => checkFieldTranslation(source, field, language)),
  ]);
}

function checkLabelTranslations(source: PackageSource, language: string): Problem[] {
  const file = filesOf(source, 'Translations').find(({ name }) => name === language);
  if (file === undefined) return [missing(language)];
  const translated = new Map(
    childrenOf(file.root, 'customLabels').map((node) => [textOf(node, 'name'), node]),
  );
  const labels = listLabels(source);
  const known = new Set(labels.map(({ name }) => name));
  const extra = [...translated]
    .filter(([name]) => !known.has(name))
    .map(([name, node]) => problemAt(file, node, 'translations/unknown', `There is no label ${name}.`));
  return labels
    .flatMap(({ name, node }) => compare(file, name, textOf(node, 'value'), translated.get(name)))
    .concat(extra);
}

function compare(
  file: MetadataFile,
  name: string,
  english: string,
  translation: XmlNode | undefined,
): Problem[] {
  const text = translation === undefined ? '' : textOf(translation, 'label');
  if (translation === undefined || text === '') {
    return [problemAt(file, translation ?? file.root, 'translations/missing', `${name} is not translated.`)];
  }
  const [wanted, found] = [listPlaceholders(english).join(), listPlaceholders(text).join()];
  if (wanted === found) return [];
  const message = `${name} has the placeholders ${found || 'none'}, and in English ${wanted || 'none'}.`;
  return [problemAt(file, translation, 'translations/placeholders', message)];
}

/** The names of tabs and report types, with the headings of their sections, are read by everybody. */
function checkNameTranslations(source: PackageSource, language: string): Problem[] {
  const file = filesOf(source, 'Translations').find(({ name }) => name === language);
  if (file === undefined) return [];
  const find = (tag: string, name: string): XmlNode | undefined =>
    childrenOf(file.root, tag).find((node) => textOf(node, 'name') === name && textOf(node, 'label') !== '');
  const left = [
    ...filesOf(source, 'CustomTab')
      .filter(({ name }) => find('customTabs', name) === undefined)
      .map(({ name }) => `The tab ${name}`),
    ...filesOf(source, 'ReportType').flatMap(({ name, root }) => {
      const type = find('reportTypes', name);
      if (type === undefined) return [`The report type ${name}`];
      const translated = childrenOf(type, 'sections').map((node) => textOf(node, 'name'));
      return childrenOf(root, 'sections')
        .map((node) => textOf(node, 'masterLabel'))
        .filter((heading) => !translated.includes(heading))
        .map((heading) => `The section "${heading}" of ${name}`);
    }),
  ];
  return left.map((what) =>
    problemAt(
      file,
      file.root,
      'translations/missing',
      `${what} is not translated: add its <name> and <label>.`,
    ),
  );
}

function checkFieldTranslation(source: PackageSource, field: MetadataFile, language: string): Problem[] {
  const [object = '', name = ''] = field.name.split('.');
  const wanted = `${object}-${language}.${name}`;
  const file = filesOf(source, 'CustomFieldTranslation').find((candidate) => candidate.name === wanted);
  if (file === undefined)
    return [
      problemAt(
        field,
        null,
        'translations/missing',
        `${name} has no ${language} translation: add objectTranslations/${object}-${language}/${name}.fieldTranslation-meta.xml.`,
      ),
    ];
  const blank = ['label', 'help'].filter((tag) => textOf(file.root, tag) === '');
  const values = [...walk(field.root)].filter((node) => node.tag === 'value' && node.children.length > 0);
  const translated = childrenOf(file.root, 'picklistValues').map((node) => textOf(node, 'masterLabel'));
  const left = values.map((node) => textOf(node, 'label')).filter((label) => !translated.includes(label));
  return [
    ...blank.map((tag) =>
      problemAt(file, childOf(file.root, tag) ?? file.root, 'translations/missing', `No <${tag}>.`),
    ),
    ...left.map((label) =>
      problemAt(file, file.root, 'translations/missing', `The value "${label}" is not translated.`),
    ),
  ];
}

function missing(language: string): Problem {
  const file = `force-app/main/default/translations/${language}.translation-meta.xml`;
  return { file, line: 0, rule: 'translations/missing', message: 'The file of the language is missing.' };
}
