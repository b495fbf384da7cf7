import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import ts from 'typescript';

/** What may stand in an element: a text of some kind, or other elements. */
export type MetadataType =
  | { kind: 'text'; of: 'string' | 'number' | 'boolean' }
  | { kind: 'enum'; values: ReadonlySet<string> }
  | { kind: 'element'; members: ReadonlyMap<string, MetadataMember> };

export interface MetadataMember {
  type: string;
  isList: boolean;
  isRequired: boolean;
}

/** Every type that the Metadata API knows, by name. */
export type MetadataTypes = ReadonlyMap<string, MetadataType>;

/**
 * Reads the types that Salesforce generates from the Metadata API's WSDL. Each release is generated from one org and
 * lacks what that org had not switched on, so later packages fill in what earlier ones do not have.
 */
export function readMetadataTypes(
  packages: readonly string[] = ['@salesforce/types', 'types171'],
): MetadataTypes {
  const types = new Map<string, MetadataType>();
  for (const name of packages) {
    const declarations = readDeclarations(name);
    for (const declaration of declarations.values()) {
      const type = readType(declaration.type, declarations);
      if (type !== null && !types.has(declaration.name.text)) types.set(declaration.name.text, type);
    }
  }
  return types;
}

type Declarations = ReadonlyMap<string, ts.TypeAliasDeclaration>;

const require = createRequire(import.meta.url);

function readDeclarations(packageName: string): Declarations {
  const file = require.resolve(`${packageName}/metadata`).replace(/js$/, 'd.ts');
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  return new Map(
    source.statements.filter(ts.isTypeAliasDeclaration).map((alias) => [alias.name.text, alias]),
  );
}

function readType(node: ts.TypeNode, declarations: Declarations): MetadataType | null {
  if (ts.isUnionTypeNode(node)) return readEnum(node.types);
  if (ts.isLiteralTypeNode(node)) return readEnum([node]);
  if (node.kind === ts.SyntaxKind.StringKeyword) return { kind: 'text', of: 'string' };
  if (node.kind === ts.SyntaxKind.NumberKeyword) return { kind: 'text', of: 'number' };
  if (node.kind === ts.SyntaxKind.BooleanKeyword) return { kind: 'text', of: 'boolean' };
  const members = readMembers(node, declarations);
  return members === null ? null : { kind: 'element', members };
}

function readEnum(nodes: readonly ts.TypeNode[]): MetadataType | null {
  const values = nodes.flatMap((node) =>
    ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal) ? [node.literal.text] : [],
  );
  return values.length === nodes.length ? { kind: 'enum', values: new Set(values) } : null;
}

/** Members of a literal type, of a named one, or of several joined with `&`. */
function readMembers(node: ts.TypeNode, declarations: Declarations): Map<string, MetadataMember> | null {
  if (ts.isIntersectionTypeNode(node)) {
    const parts = node.types.map((part) => readMembers(part, declarations));
    return new Map(parts.flatMap((part) => [...(part ?? [])]));
  }
  if (ts.isTypeLiteralNode(node)) {
    return new Map(node.members.filter(ts.isPropertySignature).flatMap(readMember));
  }
  const name = nameOf(node);
  const declaration = name === null ? undefined : declarations.get(name);
  return declaration === undefined ? null : readMembers(declaration.type, declarations);
}

function readMember(property: ts.PropertySignature): [string, MetadataMember][] {
  if (property.type === undefined || !ts.isIdentifier(property.name)) return [];
  const isList = ts.isArrayTypeNode(property.type);
  const type = isList ? property.type.elementType : property.type;
  const isRequired = property.questionToken === undefined && !isList;
  return [[property.name.text, { type: nameOf(type) ?? 'string', isList, isRequired }]];
}

function nameOf(node: ts.TypeNode): string | null {
  if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) return node.typeName.text;
  if (node.kind === ts.SyntaxKind.NumberKeyword) return 'number';
  return node.kind === ts.SyntaxKind.BooleanKeyword ? 'boolean' : null;
}
