import { standardFields } from './known-platform.ts';
import { filesOf, type MetadataFile, type PackageSource } from './package-source.ts';
import type { Problem } from './problem.ts';
import { problemAt } from './report-problem.ts';
import { childOf, childrenOf, walk, type XmlNode } from './xml-node.ts';

/** The form factors that each page has. */
const formFactors: Readonly<Record<string, readonly string[]>> = {
  lightning__AppPage: ['Large', 'Small'],
  lightning__HomePage: ['Large'],
  lightning__RecordPage: ['Large', 'Small'],
};

/** What the value of a property may look like, by its type. */
const valuesOf: Readonly<Record<string, RegExp>> = {
  Boolean: /^(true|false)$/,
  Color: /^#[\dA-F]{6}$/i,
  Integer: /^-?\d+$/,
  String: /^[^]*$/,
};

/** What a component's own file tells the Lightning App Builder; the types of the Metadata API leave it open. */
export function checkBuilderOptions(source: PackageSource): Problem[] {
  return filesOf(source, 'LightningComponentBundle').flatMap((file) => {
    const configs = [...walk(file.root)].filter(({ tag }) => tag === 'targetConfig');
    return [
      ...checkTargets(file, configs),
      ...configs.flatMap((config) => [
        ...checkFormFactors(file, config),
        ...checkObjects(file, config),
        ...childrenOf(config, 'property').flatMap((property) => checkProperty(file, property)),
      ]),
    ];
  });
}

const listTargets = (config: XmlNode): string[] =>
  (config.attributes.targets ?? '').split(',').map((target) => target.trim());

/** Each target is configured once, and only where the component may stand. */
function checkTargets(file: MetadataFile, configs: XmlNode[]): Problem[] {
  const declared = childrenOf(childOf(file.root, 'targets') ?? file.root, 'target').map(({ text }) => text);
  const seen = new Set<string>();
  return configs.flatMap((config) =>
    listTargets(config).flatMap((target) => {
      const isRepeated = seen.has(target);
      seen.add(target);
      if (declared.includes(target) && !isRepeated) return [];
      const message = isRepeated ? `${target} is configured twice.` : `${target} is none of the <targets>.`;
      return [problemAt(file, config, 'options/target', message)];
    }),
  );
}

function checkFormFactors(file: MetadataFile, config: XmlNode): Problem[] {
  const factors = [...walk(config)].filter(({ tag }) => tag === 'supportedFormFactor');
  return listTargets(config).flatMap((target) =>
    factors
      .filter(({ attributes }) => formFactors[target]?.includes(attributes.type ?? '') === false)
      .map((node) => {
        const has = formFactors[target]?.join(', ');
        const message = `${target} has no form factor ${node.attributes.type}: it has ${has}. Give it a <targetConfig> of its own.`;
        return problemAt(file, node, 'options/form-factor', message);
      }),
  );
}

function checkObjects(file: MetadataFile, config: XmlNode): Problem[] {
  const objects = [...walk(config)].filter(({ tag }) => tag === 'object');
  return objects
    .filter(({ text }) => !(text in standardFields))
    .map((node) => problemAt(file, node, 'options/object', `There is no object ${node.text}.`));
}

function checkProperty(file: MetadataFile, property: XmlNode): Problem[] {
  const { name = '', type = '', label = '', datasource, min, max } = property.attributes;
  const fits = valuesOf[type];
  if (fits === undefined) {
    const message = `${name} cannot be a ${type}: choose one of ${Object.keys(valuesOf).join(', ')}.`;
    return [problemAt(file, property, 'options/type', message)];
  }
  const value = property.attributes.default ?? '';
  const choices = datasource?.split(',').map((choice) => choice.trim()) ?? [value];
  const isWithin = Number(value) >= Number(min ?? value) && Number(value) <= Number(max ?? value);
  const wrong: [boolean, string, string][] = [
    [label === '', 'options/label', `${name} needs a label: admins read it in the builder.`],
    [value !== '' && !fits.test(value), 'options/default', `The default of ${name} is no ${type}.`],
    [
      value !== '' && !choices.includes(value),
      'options/default',
      `The default of ${name} is none of ${choices.join(', ')}.`,
    ],
    [
      type === 'Integer' && value !== '' && !isWithin,
      'options/default',
      `The default of ${name} is not between its min and its max.`,
    ],
  ];
  return wrong
    .filter(([isWrong]) => isWrong)
    .map(([, rule, message]) => problemAt(file, property, rule, message));
}

/** The names that a component's own file gives to the builder; they are attributes, not elements. */
export const listOptions = (file: MetadataFile): string[] =>
  listProperties(file).flatMap(({ attributes }) => attributes.name ?? []);

/** Why a page cannot set an option of a component to a value, or null where it can. */
export function explainValue(file: MetadataFile, option: string, value: string): string | null {
  const property = listProperties(file).find(({ attributes }) => attributes.name === option);
  const choices = property?.attributes.datasource?.split(',').map((choice) => choice.trim());
  const fits = valuesOf[property?.attributes.type ?? 'String'] ?? /^/;
  if (!fits.test(value)) return `${option} cannot be "${value}".`;
  if (choices === undefined || choices.includes(value)) return null;
  return `${option} cannot be "${value}": choose one of ${choices.join(', ')}.`;
}

const listProperties = ({ root }: MetadataFile): XmlNode[] =>
  [...walk(root)].filter(({ tag }) => tag === 'property');
