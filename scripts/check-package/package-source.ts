import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { componentKinds, type ComponentKind } from './metadata-suffixes.ts';
import type { Problem } from './problem.ts';
import { parseXml, type XmlNode } from './xml-node.ts';

/** A metadata file whose XML could be read. */
export interface MetadataFile {
  /** Relative to the project, with slashes. */
  path: string;
  kind: ComponentKind;
  /** The component's name, as other components refer to it: `Upflow/Overdue_By_Owner`, `Account.Due_Amount__c`. */
  name: string;
  root: XmlNode;
}

/** A folder of `lwc/`. */
export interface Bundle {
  name: string;
  /** Relative to the project. */
  path: string;
  /** Sources by their name in the bundle; tests are not part of it. */
  files: ReadonlyMap<string, string>;
}

/** The package as it lies in the project, with what already went wrong while it was read. */
export interface PackageSource {
  project: string;
  files: readonly MetadataFile[];
  bundles: readonly Bundle[];
  problems: readonly Problem[];
}

/** Reads every component below `force-app`. */
export function readPackage(project: string): PackageSource {
  const problems: Problem[] = [];
  const files = list(project, 'force-app/**/*-meta.xml').flatMap((path) =>
    readMetadataFile(project, path, problems),
  );
  return { project, files, bundles: readBundles(project), problems };
}

/** The files of one type. */
export function filesOf(source: PackageSource, type: string): MetadataFile[] {
  return source.files.filter((file) => file.kind.type === type);
}

function list(project: string, pattern: string): string[] {
  return globSync(pattern, { cwd: project })
    .map((path) => path.split(sep).join('/'))
    .sort();
}

function readMetadataFile(project: string, path: string, problems: Problem[]): MetadataFile[] {
  const refuse = (line: number, rule: string, message: string): MetadataFile[] => {
    problems.push({ file: path, line, rule, message });
    return [];
  };
  const suffix = /\.([^.]+)-meta\.xml$/.exec(path)?.[1] ?? '';
  const kind = componentKinds.get(suffix);
  if (kind === undefined)
    return refuse(0, 'files/unknown-suffix', `.${suffix} is nothing that this package holds.`);
  if (!path.split('/').includes(kind.folder)) {
    return refuse(0, 'files/wrong-folder', `A ${kind.type} belongs into ${kind.folder}/.`);
  }
  const parsed = parseXml(readFileSync(join(project, path), 'utf8'));
  if (!parsed.ok) return refuse(parsed.line, 'files/not-well-formed', parsed.message);
  if (parsed.root.tag !== kind.type) {
    return refuse(
      parsed.root.line,
      'files/wrong-root',
      `The root is <${parsed.root.tag}>, and should be <${kind.type}>.`,
    );
  }
  return [{ path, kind, name: nameComponent(path, suffix), root: parsed.root }];
}

/** The name by which a component is known: with its object or folder where it has one. */
function nameComponent(path: string, suffix: string): string {
  const own = basename(path).replace(`.${suffix}-meta.xml`, '');
  const parent = basename(dirname(path));
  if (['field', 'listView', 'compactLayout'].includes(suffix))
    return `${basename(dirname(dirname(path)))}.${own}`;
  if (suffix === 'fieldTranslation') return `${parent}.${own}`;
  return ['report', 'dashboard'].includes(suffix) ? `${parent}/${own}` : own;
}

function readBundles(project: string): Bundle[] {
  const paths = list(project, 'force-app/**/lwc/*/*.js-meta.xml').map((path) => dirname(path));
  return paths.map((path) => ({
    name: basename(path),
    path,
    files: new Map(
      list(project, `${path}/**/*.{js,html,css}`)
        .filter((file) => !file.includes('__tests__'))
        .map((file) => [
          relative(path, file).split(sep).join('/'),
          readFileSync(join(project, file), 'utf8'),
        ]),
    ),
  }));
}
