import type { MetadataFile, PackageSource } from './package-source.ts';
import type { Problem } from './problem.ts';
import { problemAt } from './report-problem.ts';
import { childrenOf, textOf, walk, type XmlNode } from './xml-node.ts';

/** How long a text may be at most, by type and tag. Fields and labels have checks of their own. */
const longest: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  CompactLayout: { label: 40 },
  CustomApplication: { label: 40 },
  CustomFieldTranslation: { label: 40, help: 510 },
  Dashboard: { title: 80 },
  FlexiPage: { masterLabel: 80, description: 255 },
  LightningComponentBundle: { masterLabel: 80 },
  ListView: { label: 40 },
  PermissionSet: { label: 80, description: 255 },
  PermissionSetGroup: { label: 80, description: 255 },
  Report: { name: 40, description: 255 },
  ReportType: { label: 50, description: 255 },
};

/** How often a tag may stand at most, by type and tag. */
const most: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  CompactLayout: { fields: 10 },
  ListView: { columns: 15 },
  Report: { groupingsDown: 3, groupingsAcross: 2, columns: 100 },
};

/** The tags whose text may stand but once in a file. */
const unique: Readonly<Record<string, readonly string[]>> = {
  CompactLayout: ['fields'],
  CustomApplication: ['tabs'],
  FlexiPage: ['identifier'],
  ListView: ['columns'],
  PermissionSetGroup: ['permissionSets'],
};

/** The tags that are told apart by a child of theirs, which may stand but once; several tags share what they tell. */
const keyed: Readonly<Record<string, readonly { tags: readonly string[]; keys: readonly string[] }[]>> = {
  CustomFieldTranslation: [{ tags: ['picklistValues'], keys: ['masterLabel'] }],
  FlexiPage: [{ tags: ['flexiPageRegions'], keys: ['name'] }],
  PermissionSet: [
    { tags: ['fieldPermissions'], keys: ['field'] },
    { tags: ['objectPermissions'], keys: ['object'] },
    { tags: ['tabSettings'], keys: ['tab'] },
    { tags: ['applicationVisibilities'], keys: ['application'] },
  ],
  // What a report is grouped by is shown as the heading of the group, and cannot be a column as well.
  Report: [{ tags: ['columns', 'groupingsDown', 'groupingsAcross'], keys: ['field'] }],
  ReportType: [{ tags: ['columns'], keys: ['table', 'field'] }],
  Translations: [{ tags: ['customLabels'], keys: ['name'] }],
};

/** What the Metadata API takes in any number and length, and an org does not. */
export function checkLimits(source: PackageSource): Problem[] {
  return source.files.flatMap((file) => [
    ...checkLengths(file),
    ...checkCounts(file),
    ...(unique[file.kind.type] ?? []).flatMap((tag) =>
      findRepeated(listTags(file, [tag]), ({ text }) => text).map((node) => repeated(file, node, node.text)),
    ),
    ...(keyed[file.kind.type] ?? []).flatMap(({ tags, keys }) => {
      const keyOf = (node: XmlNode): string => keys.map((key) => textOf(node, key)).join('.');
      return findRepeated(listTags(file, tags), keyOf).map((node) => repeated(file, node, keyOf(node)));
    }),
  ]);
}

function checkLengths(file: MetadataFile): Problem[] {
  return Object.entries(longest[file.kind.type] ?? {}).flatMap(([tag, max]) =>
    childrenOf(file.root, tag)
      .filter(({ text }) => text.length > max)
      .map((node) =>
        problemAt(
          file,
          node,
          'limits/length',
          `<${tag}> has ${node.text.length} characters: at most ${max} fit.`,
        ),
      ),
  );
}

function checkCounts(file: MetadataFile): Problem[] {
  return Object.entries(most[file.kind.type] ?? {}).flatMap(([tag, max]) => {
    const first = childrenOf(file.root, tag)[max];
    if (first === undefined) return [];
    return [problemAt(file, first, 'limits/count', `There are more than ${max} <${tag}>.`)];
  });
}

const listTags = ({ root }: MetadataFile, tags: readonly string[]): XmlNode[] =>
  [...walk(root)].filter(({ tag }) => tags.includes(tag));

function findRepeated(nodes: XmlNode[], keyOf: (node: XmlNode) => string): XmlNode[] {
  const seen = new Set<string>();
  return nodes.filter((node) => {
    const isRepeated = seen.has(keyOf(node));
    seen.add(keyOf(node));
    return isRepeated;
  });
}

const repeated = (file: MetadataFile, node: XmlNode, what: string): Problem =>
  problemAt(file, node, 'limits/repeated', `${what} stands twice: remove one <${node.tag}>.`);
