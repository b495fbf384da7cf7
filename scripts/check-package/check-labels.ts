import { filesOf, type MetadataFile, type PackageSource } from './package-source.ts';
import type { Problem } from './problem.ts';
import { problemAt } from './report-problem.ts';
import { childrenOf, textOf, type XmlNode } from './xml-node.ts';

const MAX_SHORT_DESCRIPTION = 80;
const MAX_VALUE = 1000;

interface Label {
  file: MetadataFile;
  node: XmlNode;
  name: string;
}

/** Labels that an org takes, that a component uses, and that have all they need to be translated. */
export function checkLabels(source: PackageSource): Problem[] {
  const labels = listLabels(source);
  return [...labels.flatMap(checkLabel), ...checkUse(source, labels), ...checkDuplicates(labels)];
}

/** Every custom label of the package. */
export function listLabels(source: PackageSource): Label[] {
  return filesOf(source, 'CustomLabels').flatMap((file) =>
    childrenOf(file.root, 'labels').map((node) => ({ file, node, name: textOf(node, 'fullName') })),
  );
}

/** The numbers of the placeholders in a text: `{0}`, `{1}`. */
export function listPlaceholders(text: string): string[] {
  return [...new Set(text.match(/\{\d\}/g))].sort();
}

function checkLabel({ file, node, name }: Label): Problem[] {
  const wrong: [boolean, string][] = [
    [textOf(node, 'categories') === '', 'has no <categories>'],
    [textOf(node, 'value').length > MAX_VALUE, `is longer than ${MAX_VALUE}`],
    [textOf(node, 'value') === '', 'has no <value>'],
    [
      textOf(node, 'shortDescription').length > MAX_SHORT_DESCRIPTION,
      `has a <shortDescription> over ${MAX_SHORT_DESCRIPTION}`,
    ],
    [!/^[A-Za-z](?!\w*__)\w*(?<!_)$/.test(name), 'has a name that an org refuses'],
  ];
  return wrong
    .filter(([isWrong]) => isWrong)
    .map(([, message]) => problemAt(file, node, 'labels/form', `The label ${name} ${message}.`));
}

function checkDuplicates(labels: Label[]): Problem[] {
  const seen = new Set<string>();
  return labels.flatMap(({ file, node, name }) => {
    if (seen.has(name)) return [problemAt(file, node, 'labels/duplicate', `The label ${name} stands twice.`)];
    seen.add(name);
    return [];
  });
}

function checkUse(source: PackageSource, labels: Label[]): Problem[] {
  const used = new Set(
    source.bundles.flatMap(({ files }) =>
      [...files.values()].flatMap((text) =>
        [...text.matchAll(/@salesforce\/label\/c\.(\w+)/g)].map(([, name]) => name ?? ''),
      ),
    ),
  );
  return labels
    .filter(({ name }) => !used.has(name))
    .map(({ file, node, name }) =>
      problemAt(file, node, 'labels/unused', `No component uses the label ${name}.`),
    );
}
