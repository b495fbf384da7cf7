import { filesOf, type MetadataFile, type PackageSource } from './package-source.ts';
import type { Problem } from './problem.ts';
import { problemAt } from './report-problem.ts';
import { childrenOf, textOf, walk } from './xml-node.ts';

/** Whether each translated field is there, and has the values that are translated: an org refuses any other. */
export function checkFieldTranslations(source: PackageSource): Problem[] {
  return filesOf(source, 'CustomFieldTranslation').flatMap((file) => checkTranslated(source, file));
}

function checkTranslated(source: PackageSource, file: MetadataFile): Problem[] {
  const [folder = '', name = ''] = file.name.split('.');
  const object = folder.replace(/-\w+$/, '');
  const field = filesOf(source, 'CustomField').find((candidate) => candidate.name === `${object}.${name}`);
  if (field === undefined || textOf(file.root, 'name') !== name) {
    const message = `It translates ${textOf(file.root, 'name')}, and should translate a field named ${name}.`;
    return [problemAt(file, file.root, 'translations/unknown', message)];
  }
  const labels = [...walk(field.root)]
    .filter(({ tag, children }) => tag === 'value' && children.length > 0)
    .map((value) => textOf(value, 'label'));
  return childrenOf(file.root, 'picklistValues')
    .filter((node) => !labels.includes(textOf(node, 'masterLabel')))
    .map((node) =>
      problemAt(file, node, 'translations/unknown', `${name} has no value "${textOf(node, 'masterLabel')}".`),
    );
}
