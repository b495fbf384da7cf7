import { DOMParser, type Element } from '@xmldom/xmldom';

/** An element of a metadata file. Metadata has no mixed content, and attributes only where components describe themselves. */
export interface XmlNode {
  tag: string;
  /** The text of an element without children, trimmed. */
  text: string;
  line: number;
  attributes: Readonly<Record<string, string>>;
  children: readonly XmlNode[];
}

export type ParsedXml = { ok: true; root: XmlNode } | { ok: false; line: number; message: string };

/** Parses a metadata file. What is not well formed is an outcome, not an exception. */
export function parseXml(text: string): ParsedXml {
  const troubles: { line: number; message: string }[] = [];
  const parser = new DOMParser({
    onError: (level, message, context: { locator?: { lineNumber?: number } }) => {
      const line = context.locator?.lineNumber ?? 0;
      if (level !== 'warning') troubles.push({ line, message: firstLine(message) });
    },
  });
  const root = readRoot(parser, text);
  const [trouble] = troubles;
  if (trouble !== undefined) return { ok: false, ...trouble };
  return root === null
    ? { ok: false, line: 0, message: 'The file has no root element.' }
    : { ok: true, root };
}

function readRoot(parser: DOMParser, text: string): XmlNode | null {
  try {
    const element = parser.parseFromString(text, 'text/xml').documentElement;
    return element === null ? null : readElement(element);
  } catch {
    // What is fatal was told to onError before it was thrown.
    return null;
  }
}

/** The first child with a tag. */
export function childOf(node: XmlNode, tag: string): XmlNode | undefined {
  return node.children.find((child) => child.tag === tag);
}

/** All children with a tag. */
export function childrenOf(node: XmlNode, tag: string): XmlNode[] {
  return node.children.filter((child) => child.tag === tag);
}

/** The text of the first child with a tag; blank where there is none. */
export function textOf(node: XmlNode, tag: string): string {
  return childOf(node, tag)?.text ?? '';
}

/** The node itself and everything below it. */
export function* walk(node: XmlNode): Generator<XmlNode> {
  yield node;
  for (const child of node.children) yield* walk(child);
}

function readElement(element: Element): XmlNode {
  const children = [...element.childNodes]
    .filter((node): node is Element => node.nodeType === 1)
    .map(readElement);
  const text = children.length === 0 ? (element.textContent ?? '').trim() : '';
  const attributes = Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]));
  const tag = element.localName ?? element.tagName;
  return { tag, text, line: element.lineNumber ?? 0, attributes, children };
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}
