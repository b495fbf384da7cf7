import { filesOf, type PackageSource } from './package-source.ts';
import { textOf, walk } from './xml-node.ts';

/** The values of a picklist of the package; null where the field is none. */
export function listPicklistValues(source: PackageSource, field: string): string[] | null {
  const file = filesOf(source, 'CustomField').find(({ name }) => name === field);
  if (file === undefined || textOf(file.root, 'type') !== 'Picklist') return null;
  const values = [...walk(file.root)].filter((node) => node.tag === 'value' && node.children.length > 0);
  return values.map((node) => textOf(node, 'fullName'));
}
