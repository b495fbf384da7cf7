import { existsSync, globSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { filesOf, type MetadataFile, type PackageSource } from './package-source.ts';
import type { Problem } from './problem.ts';
import { problemAt } from './report-problem.ts';
import { childOf } from './xml-node.ts';

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

/** What a folder of `lwc/` may hold; its tests are not packaged. */
const bundled = ['.js', '.html', '.css', '.svg', '.xml'];

/** What lies beside the metadata must be whole, and no file may say another name than its own. */
export function checkFiles(source: PackageSource): Problem[] {
  return [
    ...source.files.flatMap((file) => [...checkNamespace(file), ...checkFullName(file)]),
    ...filesOf(source, 'ContentAsset').flatMap((file) => checkContent(source, file)),
    ...globSync('force-app/**/lwc/*', { cwd: source.project })
      .filter((path) => extname(path) === '')
      .flatMap((folder) => checkBundle(source, folder)),
  ];
}

function checkNamespace(file: MetadataFile): Problem[] {
  if (file.root.attributes.xmlns === NAMESPACE) return [];
  return [problemAt(file, file.root, 'files/namespace', `The root needs xmlns="${NAMESPACE}".`)];
}

function checkFullName(file: MetadataFile): Problem[] {
  const own = file.name.split(/[./]/).at(-1);
  const fullName = childOf(file.root, 'fullName');
  if (fullName === undefined || fullName.text === own) return [];
  const message = `The file is named ${own}, and says that it is ${fullName.text}.`;
  return [problemAt(file, fullName, 'files/name', message)];
}

function checkContent({ project }: PackageSource, file: MetadataFile): Problem[] {
  const content = file.path.replace(/-meta\.xml$/, '');
  if (existsSync(join(project, content))) return [];
  return [problemAt(file, null, 'files/content', `${basename(content)} is missing beside it.`)];
}

function checkBundle({ project }: PackageSource, folder: string): Problem[] {
  const name = basename(folder);
  const refuse = (message: string): Problem => ({ file: folder, line: 0, rule: 'files/bundle', message });
  const strange = globSync('*', { cwd: join(project, folder) })
    .filter((file) => file !== '__tests__' && extname(file) !== '' && !bundled.includes(extname(file)))
    .map((file) => refuse(`${file} cannot be part of a component.`));
  const descriptions = globSync('*.js-meta.xml', { cwd: join(project, folder) });
  if (descriptions.length === 1 && descriptions[0] === `${name}.js-meta.xml`) return strange;
  return [
    ...strange,
    refuse(`It needs one ${name}.js-meta.xml, and has ${descriptions.join(', ') || 'none'}.`),
  ];
}
