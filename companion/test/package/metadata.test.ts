import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { XMLParser } from 'fast-xml-parser';

const require = createRequire(import.meta.url);
const SOURCES = join(import.meta.dirname, '../../../force-app/main/default');
const ROLES = ['Upflow_Viewer', 'Upflow_Admin', 'Upflow_Integration'];

/** The admin's own field: Upflow reads it and never writes it. */
const ADMIN_FIELD = 'Account.Shared_Identifier__c';

interface Field {
  fullName: string;
  label?: string;
  description?: string;
  inlineHelpText?: string;
}
interface Permission {
  field: string;
  readable: string;
  editable: string;
}
interface Label {
  fullName: string;
  categories?: string;
  shortDescription: string;
  value: string;
}

const parser = new XMLParser({
  isArray: (name) => ['fieldPermissions', 'labels'].includes(name),
  parseTagValue: false,
});

const find = (pattern: string) => globSync(pattern, { cwd: SOURCES }).sort();
const readText = (path: string) => readFileSync(join(SOURCES, path), 'utf8');
const readXml = (path: string) => parser.parse(readText(path)) as unknown;

const fields = find('objects/*/fields/*.field-meta.xml').map((path) => {
  const { CustomField: field } = readXml(path) as { CustomField: Field };
  return { name: `${basename(dirname(dirname(path)))}.${field.fullName}`, field };
});
const labels = find('labels/*.labels-meta.xml').flatMap(
  (path) => (readXml(path) as { CustomLabels: { labels: Label[] } }).CustomLabels.labels,
);
const componentSources = find('lwc/*/*.js').map(readText).join('\n');

const listImports = (pattern: RegExp) =>
  [...new Set([...componentSources.matchAll(pattern)].map(([, name]) => name ?? ''))].sort();

test('every field has a label, a description and a help text', () => {
  const incomplete = fields.filter(
    ({ field }) => !field.label || !field.description || !field.inlineHelpText,
  );
  expect(incomplete.map(({ name }) => name)).toEqual([]);
  expect(fields.length).toBeGreaterThan(20);
});

describe.each(ROLES)('permission set %s', (role) => {
  const { PermissionSet: set } = readXml(`permissionsets/${role}.permissionset-meta.xml`) as {
    PermissionSet: { description?: string; fieldPermissions: Permission[] };
  };
  const mayEdit = (field: string) =>
    (role === 'Upflow_Integration' && field !== ADMIN_FIELD) ||
    (role === 'Upflow_Admin' && field === ADMIN_FIELD);

  test('reads every field and edits only what the role must write', () => {
    const granted = set.fieldPermissions.filter(({ readable }) => readable === 'true');
    expect(granted.map(({ field }) => field).sort()).toEqual(fields.map(({ name }) => name).sort());
    const wrong = granted.filter(({ field, editable }) => editable !== String(mayEdit(field)));
    expect(wrong.map(({ field }) => field)).toEqual([]);
    expect(set.description).toBeTruthy();
  });
});

test('every label that a component uses exists, and none is left over', () => {
  const used = listImports(/@salesforce\/label\/c\.(\w+)/g);
  expect(used).toEqual(labels.map(({ fullName }) => fullName).sort());
});

test('every label has a category, a text and a short description that Salesforce accepts', () => {
  const wrong = labels.filter(
    ({ categories, shortDescription, value }) => !categories || !value || shortDescription.length > 80,
  );
  expect(wrong.map(({ fullName }) => fullName)).toEqual([]);
});

test('every field that a component imports exists', () => {
  const imported = listImports(/@salesforce\/schema\/(\w+\.\w+__c)/g);
  const known = fields.map(({ name }) => name);
  expect(imported.filter((name) => !known.includes(name))).toEqual([]);
  expect(imported.length).toBeGreaterThan(20);
});

test('the report type offers every field of the package', () => {
  const type = readText('reportTypes/Accounts_with_Upflow_Collections.reportType-meta.xml');
  const offered = [...type.matchAll(/<field>(\w+__c)<\/field>/g)].map(([, name = '']) => `Account.${name}`);
  expect(offered.sort()).toEqual(fields.map(({ name }) => name).sort());
});

test('every styling hook exists in SLDS 1 and in SLDS 2, and is used with a fallback', () => {
  const styles = find('lwc/*/*.css').map(readText).join('\n');
  const listHooks = (path: string) =>
    new Set(readFileSync(require.resolve(path), 'utf8').match(/--slds-g-[\w-]+(?=\s*:)/g));
  const slds1 = listHooks(
    '@salesforce-ux/design-system/assets/styles/salesforce-lightning-design-system.css',
  );
  const slds2 = listHooks('@salesforce-ux/design-system-2/dist/css/bundled/slds2.cosmos.css');
  const used = [...styles.matchAll(/var\((--[\w-]+)(,?)/g)].map(([, hook = '', comma = '']) => ({
    hook,
    comma,
  }));
  const wrong = used.filter(({ hook, comma }) => !slds1.has(hook) || !slds2.has(hook) || !comma);
  expect(wrong.map(({ hook }) => hook)).toEqual([]);
  expect(used.length).toBeGreaterThan(20);
});
