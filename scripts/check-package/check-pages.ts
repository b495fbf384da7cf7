import { explainValue, listOptions } from './check-builder-options.ts';
import { platformComponents, standardFields, templateRegions } from './known-platform.ts';
import { filesOf, type MetadataFile, type PackageSource } from './package-source.ts';
import type { Problem } from './problem.ts';
import { problemAt } from './report-problem.ts';
import { suggestName } from './suggest-name.ts';
import { childOf, childrenOf, textOf, walk, type XmlNode } from './xml-node.ts';

/** The target that a component must declare to stand on a page of a type. */
const targetOfPage: Readonly<Record<string, string>> = {
  AppPage: 'lightning__AppPage',
  HomePage: 'lightning__HomePage',
  RecordPage: 'lightning__RecordPage',
};

/** Pages hold components that exist, may stand there, and have the properties that the page sets. */
export function checkPages(source: PackageSource): Problem[] {
  return filesOf(source, 'FlexiPage').flatMap((file) => [
    ...checkRegions(file),
    ...checkObject(file),
    ...[...walk(file.root)]
      .filter((node) => node.tag === 'componentInstance')
      .flatMap((instance) => checkInstance(source, file, instance)),
  ]);
}

function checkRegions(file: MetadataFile): Problem[] {
  const template = textOf(childOf(file.root, 'template') ?? file.root, 'name');
  const allowed = templateRegions[template];
  if (allowed === undefined) {
    return [
      problemAt(
        file,
        childOf(file.root, 'template') ?? null,
        'pages/template',
        `There is no ${template}.${suggestName(template, Object.keys(templateRegions))}`,
      ),
    ];
  }
  const regions = childrenOf(file.root, 'flexiPageRegions');
  const facets = new Set(
    regions.filter((region) => textOf(region, 'type') === 'Facet').map((region) => textOf(region, 'name')),
  );
  const misplaced = regions
    .filter((region) => textOf(region, 'type') === 'Region' && !allowed.includes(textOf(region, 'name')))
    .map((region) =>
      problemAt(
        file,
        region,
        'pages/region',
        `${template} has no region ${textOf(region, 'name')}: it has ${allowed.join(', ')}.`,
      ),
    );
  const lost = [...walk(file.root)]
    .filter((node) => node.tag === 'value' && node.text.startsWith('Facet-') && !facets.has(node.text))
    .map((node) =>
      problemAt(
        file,
        node,
        'pages/facet',
        `There is no facet ${node.text}.${suggestName(node.text, facets)}`,
      ),
    );
  return [...misplaced, ...lost];
}

function checkObject(file: MetadataFile): Problem[] {
  const object = textOf(file.root, 'sobjectType');
  const isRecordPage = textOf(file.root, 'type') === 'RecordPage';
  if (isRecordPage ? object in standardFields : object === '') return [];
  const message = isRecordPage ? `There is no object "${object}".` : 'Only record pages have an object.';
  return [problemAt(file, childOf(file.root, 'sobjectType') ?? null, 'pages/object', message)];
}

function checkInstance(source: PackageSource, file: MetadataFile, instance: XmlNode): Problem[] {
  const name = textOf(instance, 'componentName');
  if (!name.startsWith('c:')) {
    return platformComponents.has(name)
      ? []
      : [problemAt(file, instance, 'pages/component', `There is no ${name}.`)];
  }
  const bundle = filesOf(source, 'LightningComponentBundle').find(
    (candidate) => candidate.name === name.slice(2),
  );
  if (bundle === undefined) return [problemAt(file, instance, 'pages/component', `There is no ${name}.`)];
  const target = targetOfPage[textOf(file.root, 'type')] ?? '';
  const targets = childrenOf(childOf(bundle.root, 'targets') ?? bundle.root, 'target').map(
    ({ text }) => text,
  );
  if (!targets.includes(target) || textOf(bundle.root, 'isExposed') !== 'true') {
    return [
      problemAt(file, instance, 'pages/target', `${name} may not stand on this page: it needs ${target}.`),
    ];
  }
  return [
    ...checkPageObject(file, instance, bundle),
    ...checkProperties(file, instance, name, listOptions(bundle)),
    ...checkValues(file, instance, bundle),
  ];
}

function checkProperties(
  file: MetadataFile,
  instance: XmlNode,
  component: string,
  known: string[],
): Problem[] {
  return childrenOf(instance, 'componentInstanceProperties')
    .filter((property) => !known.includes(textOf(property, 'name')))
    .map((property) =>
      problemAt(
        file,
        property,
        'pages/property',
        `${component} has no property ${textOf(property, 'name')}.${suggestName(textOf(property, 'name'), known)}`,
      ),
    );
}

function checkValues(file: MetadataFile, instance: XmlNode, bundle: MetadataFile): Problem[] {
  return childrenOf(instance, 'componentInstanceProperties').flatMap((property) => {
    const message = explainValue(bundle, textOf(property, 'name'), textOf(property, 'value'));
    return message === null ? [] : [problemAt(file, property, 'pages/value', message)];
  });
}

/** Where a component names the objects that it is for, the page must be of one of them. */
function checkPageObject(file: MetadataFile, instance: XmlNode, bundle: MetadataFile): Problem[] {
  const object = textOf(file.root, 'sobjectType');
  const objects = [...walk(bundle.root)].filter(({ tag }) => tag === 'object').map(({ text }) => text);
  if (object === '' || objects.length === 0 || objects.includes(object)) return [];
  const message = `${bundle.name} is for pages of ${objects.join(', ')}, and this one is of ${object}.`;
  return [problemAt(file, instance, 'pages/object', message)];
}
