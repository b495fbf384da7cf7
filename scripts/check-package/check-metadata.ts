import type { MetadataMember, MetadataType, MetadataTypes } from './metadata-types.ts';
import type { MetadataFile, PackageSource } from './package-source.ts';
import type { Problem } from './problem.ts';
import { suggestName } from './suggest-name.ts';
import type { XmlNode } from './xml-node.ts';

/**
 * Holds every file against the types of the Metadata API: unknown tags, values of the wrong kind, tags that stand
 * twice, and required ones that are missing. The API takes tags in any order, so the order is not looked at.
 */
export function checkMetadata(source: PackageSource, types: MetadataTypes): Problem[] {
  return source.files.flatMap((file) => checkNode({ file, types }, file.root, rootType(file)));
}

/** What a file's name says already need not be in the file. */
const namedByFile = new Set(['fullName', 'name']);

/** Tags of the component's own schema, which the API's types do not show. */
const openTypes = new Set(['LightningComponentBundle.targetConfigs']);

interface Context {
  file: MetadataFile;
  types: MetadataTypes;
}

/** Folders are all of one type in the API, and a component's own source has another type than its file. */
function rootType({ kind }: MetadataFile): string {
  return kind.type;
}

function checkNode(context: Context, node: XmlNode, typeName: string): Problem[] {
  const type = context.types.get(typeName) ?? primitive(typeName);
  if (type === null)
    return [report(context, node, 'unknown-type', `${typeName} is no type of the Metadata API.`)];
  if (type.kind !== 'element') return checkText(context, node, type);
  return [
    ...checkChildren(context, node, typeName, type.members),
    ...checkCounts(context, node, type.members),
  ];
}

function primitive(name: string): MetadataType | null {
  return name === 'string' || name === 'number' || name === 'boolean' ? { kind: 'text', of: name } : null;
}

function checkChildren(
  context: Context,
  node: XmlNode,
  typeName: string,
  members: ReadonlyMap<string, MetadataMember>,
): Problem[] {
  return node.children.flatMap((child) => {
    const member = members.get(child.tag);
    if (member === undefined) {
      const known = suggestName(child.tag, [...members.keys()]);
      return [report(context, child, 'unknown-tag', `<${child.tag}> is no part of ${typeName}.${known}`)];
    }
    return openTypes.has(`${typeName}.${child.tag}`) ? [] : checkNode(context, child, member.type);
  });
}

function checkCounts(
  context: Context,
  node: XmlNode,
  members: ReadonlyMap<string, MetadataMember>,
): Problem[] {
  return [...members].flatMap(([tag, { isList, isRequired }]) => {
    const found = node.children.filter((child) => child.tag === tag);
    const [, second] = found;
    if (second !== undefined && !isList)
      return [report(context, second, 'duplicate-tag', `<${tag}> stands twice.`)];
    const isNamed = node === context.file.root && namedByFile.has(tag);
    if (found.length > 0 || !isRequired || isNamed) return [];
    return [report(context, node, 'missing-tag', `<${node.tag}> needs a <${tag}>.`)];
  });
}

function checkText(
  context: Context,
  node: XmlNode,
  type: Exclude<MetadataType, { kind: 'element' }>,
): Problem[] {
  if (node.children.length > 0)
    return [report(context, node, 'not-a-text', `<${node.tag}> holds a text only.`)];
  if (type.kind === 'enum') {
    if (type.values.has(node.text)) return [];
    const known = suggestName(node.text, [...type.values]);
    return [report(context, node, 'bad-value', `<${node.tag}> cannot be "${node.text}".${known}`)];
  }
  const fits = { string: /[^]*/, number: /^-?\d+(\.\d+)?$/, boolean: /^(true|false)$/ }[type.of];
  return fits.test(node.text)
    ? []
    : [report(context, node, 'bad-value', `<${node.tag}> is a ${type.of}, and "${node.text}" is none.`)];
}

function report({ file }: Context, node: XmlNode, rule: string, message: string): Problem {
  return { file: file.path, line: node.line, rule: `metadata/${rule}`, message };
}
