import type { MetadataFile } from './package-source.ts';
import type { Problem } from './problem.ts';
import type { XmlNode } from './xml-node.ts';

/** A problem at an element of a file; at the file's start where no element is meant. */
export function problemAt(file: MetadataFile, node: XmlNode | null, rule: string, message: string): Problem {
  return { file: file.path, line: node?.line ?? 0, rule, message };
}
