import { checkPages } from './check-pages.ts';
import { checkReports } from './check-reports.ts';
import { hasField, listFields } from './find-field.ts';
import { listViewColumns, standardFields, standardTabs } from './known-platform.ts';
import { listPicklistValues } from './list-picklist-values.ts';
import { filesOf, type MetadataFile, type PackageSource } from './package-source.ts';
import type { Problem } from './problem.ts';
import { problemAt } from './report-problem.ts';
import { suggestName } from './suggest-name.ts';
import { childOf, childrenOf, textOf, walk, type XmlNode } from './xml-node.ts';

/** Whether everything that one component names in another is there. */
export function checkReferences(source: PackageSource): Problem[] {
  return [
    ...filesOf(source, 'PermissionSet').flatMap((file) => checkPermissionSet(source, file)),
    ...filesOf(source, 'PermissionSetGroup').flatMap((file) =>
      checkNames(source, file, { tag: 'permissionSets', type: 'PermissionSet' }),
    ),
    ...filesOf(source, 'CustomTab').flatMap((file) =>
      checkNames(source, file, { tag: 'flexiPage', type: 'FlexiPage' }),
    ),
    ...filesOf(source, 'ExtlClntAppOauthSettings').flatMap((file) =>
      checkNames(source, file, { tag: 'externalClientApplication', type: 'ExternalClientApplication' }),
    ),
    ...filesOf(source, 'CustomApplication').flatMap((file) => checkApplication(source, file)),
    ...filesOf(source, 'ListView').flatMap((file) => checkListView(source, file)),
    ...filesOf(source, 'CompactLayout').flatMap((file) => checkCompactLayout(source, file)),
    ...checkReports(source),
    ...checkPages(source),
  ];
}

/** Every text of a tag is the name of a component of a type. */
function checkNames(
  source: PackageSource,
  file: MetadataFile,
  { tag, type }: { tag: string; type: string },
): Problem[] {
  const known = new Set(filesOf(source, type).map(({ name }) => name));
  return [...walk(file.root)]
    .filter((node) => node.tag === tag && node.text !== '' && !known.has(node.text))
    .map((node) =>
      problemAt(
        file,
        node,
        `references/${tag}`,
        `There is no ${type} ${node.text}.${suggestName(node.text, known)}`,
      ),
    );
}

function checkPermissionSet(source: PackageSource, file: MetadataFile): Problem[] {
  const fields = childrenOf(file.root, 'fieldPermissions')
    .filter((node) => !hasField(source, textOf(node, 'field')))
    .map((node) => problemAt(file, node, 'references/field', explainField(source, textOf(node, 'field'))));
  const objects = childrenOf(file.root, 'objectPermissions')
    .filter((node) => !(textOf(node, 'object') in standardFields))
    .map((node) =>
      problemAt(
        file,
        node,
        'references/object',
        `There is no object ${textOf(node, 'object')}.${suggestName(textOf(node, 'object'), Object.keys(standardFields))}`,
      ),
    );
  return [
    ...fields,
    ...objects,
    ...checkNames(source, file, { tag: 'application', type: 'CustomApplication' }),
    ...checkNames(source, file, { tag: 'tab', type: 'CustomTab' }),
  ];
}

function explainField(source: PackageSource, path: string): string {
  const [object = '', field = ''] = path.split('.');
  return `There is no field ${path}.${suggestName(field, listFields(source, object))}`;
}

function checkApplication(source: PackageSource, file: MetadataFile): Problem[] {
  const tabs = new Set(filesOf(source, 'CustomTab').map(({ name }) => name));
  const wrong = childrenOf(file.root, 'tabs')
    .filter(({ text }) => !tabs.has(text) && !standardTabs.has(text))
    .map((node) =>
      problemAt(
        file,
        node,
        'references/tab',
        `There is no tab ${node.text}.${suggestName(node.text, [...tabs, ...standardTabs])}`,
      ),
    );
  return [...wrong, ...checkNames(source, file, { tag: 'logo', type: 'ContentAsset' })];
}

function checkListView(source: PackageSource, file: MetadataFile): Problem[] {
  const [object = ''] = file.name.split('.');
  const filters = childrenOf(file.root, 'filters');
  const named = [
    ...childrenOf(file.root, 'columns'),
    ...filters.flatMap((filter) => childOf(filter, 'field') ?? []),
  ];
  const unknown = named
    .filter(({ text }) => !listViewColumns.has(text) && !hasField(source, `${object}.${text}`))
    .map((node) =>
      problemAt(
        file,
        node,
        'references/field',
        `There is no column ${node.text}.${suggestName(node.text, [...listFields(source, object), ...listViewColumns])}`,
      ),
    );
  return [
    ...unknown,
    ...filters.flatMap((filter) => checkFilterValue(source, file, object, filter)),
    ...filters.flatMap((filter) => checkLongText(source, file, object, childOf(filter, 'field'))),
  ];
}

/** Long texts cannot be filtered by, nor stand in a compact layout. */
function checkLongText(
  source: PackageSource,
  file: MetadataFile,
  object: string,
  node: XmlNode | undefined,
): Problem[] {
  const field = filesOf(source, 'CustomField').find(({ name }) => name === `${object}.${node?.text ?? ''}`);
  if (node === undefined || field === undefined) return [];
  const type = textOf(field.root, 'type');
  if (type !== 'LongTextArea' && type !== 'Html') return [];
  return [problemAt(file, node, 'references/long-text', `${node.text} is a long text: take another field.`)];
}

/** A filter on a picklist that names no value of it finds nothing, and nobody notices. */
function checkFilterValue(
  source: PackageSource,
  file: MetadataFile,
  object: string,
  filter: XmlNode,
): Problem[] {
  const values = listPicklistValues(source, `${object}.${textOf(filter, 'field')}`);
  const value = childOf(filter, 'value');
  if (values === null || value === undefined || values.includes(value.text)) return [];
  return [
    problemAt(
      file,
      value,
      'references/picklist',
      `${textOf(filter, 'field')} has no value "${value.text}".${suggestName(value.text, values)}`,
    ),
  ];
}

function checkCompactLayout(source: PackageSource, file: MetadataFile): Problem[] {
  const [object = ''] = file.name.split('.');
  const fields = childrenOf(file.root, 'fields');
  const unknown = fields
    .filter(({ text }) => !hasField(source, `${object}.${text}`))
    .map((node) =>
      problemAt(
        file,
        node,
        'references/field',
        `There is no field ${node.text}.${suggestName(node.text, listFields(source, object))}`,
      ),
    );
  return [...unknown, ...fields.flatMap((node) => checkLongText(source, file, object, node))];
}
