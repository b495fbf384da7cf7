import { filesOf, type MetadataFile, type PackageSource } from './package-source.ts';
import type { Problem } from './problem.ts';
import { problemAt } from './report-problem.ts';
import { childOf, textOf, walk, type XmlNode } from './xml-node.ts';

const MAX_NAME = 40;
const MAX_LABEL = 40;
const MAX_HELP = 510;
const MAX_DESCRIPTION = 1000;

/** Bounds of a tag that a field of a type must have. */
interface Bounds {
  tag: string;
  min: number;
  max: number;
}

/** What the types of the Metadata API cannot say: which field type needs which tag, and within which bounds. */
const neededByType: Readonly<Record<string, readonly Bounds[]>> = {
  Text: [{ tag: 'length', min: 1, max: 255 }],
  LongTextArea: [
    { tag: 'length', min: 256, max: 131_072 },
    { tag: 'visibleLines', min: 2, max: 50 },
  ],
  Html: [
    { tag: 'length', min: 256, max: 131_072 },
    { tag: 'visibleLines', min: 10, max: 50 },
  ],
  Number: decimals(),
  Currency: decimals(),
  Percent: decimals(),
};

const identifyingTypes = ['Text', 'Number', 'Email', 'AutoNumber'];

function decimals(): Bounds[] {
  return [
    { tag: 'precision', min: 1, max: 18 },
    { tag: 'scale', min: 0, max: 17 },
  ];
}

/** What a field must have so that an org takes it, and so that people understand it. */
export function checkFields(source: PackageSource): Problem[] {
  return filesOf(source, 'CustomField').flatMap((file) => [
    ...checkName(file),
    ...checkTexts(file),
    ...checkType(file),
    ...checkPicklist(file),
  ]);
}

function checkName(file: MetadataFile): Problem[] {
  const own = file.name.split('.').at(-1) ?? '';
  const fullName = childOf(file.root, 'fullName');
  const problems: Problem[] = [];
  if (fullName !== undefined && fullName.text !== own) {
    problems.push(
      problemAt(file, fullName, 'fields/name', `The file is named ${own}, and the field ${fullName.text}.`),
    );
  }
  if (!/^[A-Za-z](?!\w*___)\w*__c$/.test(own) || own.length > MAX_NAME + '__c'.length) {
    problems.push(
      problemAt(file, null, 'fields/name', `${own} is no name that an org takes for a custom field.`),
    );
  }
  return problems;
}

function checkTexts(file: MetadataFile): Problem[] {
  const bounds: [tag: string, max: number][] = [
    ['label', MAX_LABEL],
    ['description', MAX_DESCRIPTION],
    ['inlineHelpText', MAX_HELP],
  ];
  return bounds.flatMap(([tag, max]) => {
    const length = textOf(file.root, tag).length;
    if (length === 0) return [problemAt(file, file.root, 'fields/text', `The field has no <${tag}>.`)];
    if (length <= max) return [];
    return [
      problemAt(file, childOf(file.root, tag) ?? null, 'fields/text', `<${tag}> is longer than ${max}.`),
    ];
  });
}

function checkType(file: MetadataFile): Problem[] {
  const type = textOf(file.root, 'type');
  const problems = (neededByType[type] ?? []).flatMap((bounds) => checkBounds(file, type, bounds));
  const [precision, scale] = [Number(textOf(file.root, 'precision')), Number(textOf(file.root, 'scale'))];
  if (scale > precision) {
    problems.push(
      problemAt(file, file.root, 'fields/type', `More decimals (${scale}) than digits (${precision}).`),
    );
  }
  for (const tag of ['externalId', 'unique']) {
    if (textOf(file.root, tag) !== 'true' || identifyingTypes.includes(type)) continue;
    problems.push(
      problemAt(file, childOf(file.root, tag) ?? null, 'fields/type', `A ${type} cannot be <${tag}>.`),
    );
  }
  if (type === 'Checkbox' && textOf(file.root, 'defaultValue') === '') {
    problems.push(problemAt(file, file.root, 'fields/type', 'A Checkbox needs a <defaultValue>.'));
  }
  return problems;
}

function checkBounds(file: MetadataFile, type: string, { tag, min, max }: Bounds): Problem[] {
  const node = childOf(file.root, tag);
  if (node === undefined) return [problemAt(file, file.root, 'fields/type', `A ${type} needs a <${tag}>.`)];
  const value = Number(node.text);
  if (value >= min && value <= max) return [];
  return [problemAt(file, node, 'fields/type', `<${tag}> of a ${type} is from ${min} to ${max}.`)];
}

function checkPicklist(file: MetadataFile): Problem[] {
  if (textOf(file.root, 'type') !== 'Picklist') return [];
  const values = [...walk(file.root)].filter((node) => node.tag === 'value' && node.children.length > 0);
  if (values.length === 0)
    return [problemAt(file, file.root, 'fields/picklist', 'The picklist has no values.')];
  const seen = new Set<string>();
  return values.flatMap((value: XmlNode) => {
    const name = textOf(value, 'fullName');
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [problemAt(file, value, 'fields/picklist', `The value "${name}" stands twice.`)];
  });
}
