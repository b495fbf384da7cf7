import { findBaseProperties, isGlobalProperty } from './base-components.ts';
import { listOptions } from './check-builder-options.ts';
import { listLabels } from './check-labels.ts';
import { compileBundle, type CompileReport } from './compile-bundle.ts';
import { filesOf, type Bundle, type PackageSource } from './package-source.ts';
import type { Problem } from './problem.ts';
import { problemAt } from './report-problem.ts';
import { suggestName } from './suggest-name.ts';

/** The compiler's level of findings that keep a bundle from being deployed; 2 are warnings. */
const WORST_REPORTED_LEVEL = 1;

interface Compiled {
  bundle: Bundle;
  report: CompileReport;
}

/** Compiles every bundle as the platform does, and checks what the compiler does not: that all it refers to exists. */
export async function checkComponents(source: PackageSource): Promise<Problem[]> {
  const compiled: Compiled[] = [];
  // One by one: the compiler is busy with the processor, not waiting.
  for (const bundle of source.bundles) compiled.push({ bundle, report: await compileBundle(bundle) });
  const known = listKnown(source, compiled);
  return compiled.flatMap(({ bundle, report }) => [
    ...listDiagnostics(bundle, report),
    ...checkReferences(bundle, report, known),
    ...checkProperties(bundle, report, known),
    ...checkOptions(source, bundle, known),
  ]);
}

function listDiagnostics(bundle: Bundle, { diagnostics }: CompileReport): Problem[] {
  return diagnostics
    .filter(({ level }) => level <= WORST_REPORTED_LEVEL)
    .map(({ filename, location, message }) => ({
      file: `${bundle.path}/${filename ?? ''}`,
      line: location?.line ?? 0,
      rule: 'components/compile',
      message,
    }));
}

/** What a component may refer to. */
interface Known {
  labels: ReadonlySet<string>;
  fields: ReadonlySet<string>;
  /** Public properties by the component's module, `c/upflowNotice`. */
  components: ReadonlyMap<string, readonly string[]>;
}

function listKnown(source: PackageSource, compiled: Compiled[]): Known {
  return {
    labels: new Set(listLabels(source).map(({ name }) => `c.${name}`)),
    fields: new Set(filesOf(source, 'CustomField').map(({ name }) => name)),
    components: new Map(
      compiled.map(({ bundle, report }) => [
        `c/${bundle.name}`,
        (report.metadata?.classMembers ?? [])
          .filter(({ decorator }) => decorator === 'api')
          .map(({ name }) => name),
      ]),
    ),
  };
}

function checkReferences(bundle: Bundle, { metadata }: CompileReport, known: Known): Problem[] {
  return (metadata?.references ?? []).flatMap(({ type, id, file, locations }) => {
    const message = explainReference(type, id, known);
    if (message === null) return [];
    const line = locations[0]?.startLine ?? 0;
    return [{ file: `${bundle.path}/${file}`, line, rule: `components/${type}`, message }];
  });
}

/** Why a reference leads nowhere, or null where it leads somewhere. */
function explainReference(type: string, id: string, { labels, fields, components }: Known): string | null {
  if (type === 'label') return labels.has(id) ? null : `There is no label ${id}.${suggestName(id, labels)}`;
  if (type === 'schema') {
    const field = lastField(id);
    return !field.endsWith('__c') || fields.has(field)
      ? null
      : `There is no field ${id}.${suggestName(field, fields)}`;
  }
  if (type === 'module' && id.startsWith('c/'))
    return components.has(id) ? null : `There is no component ${id}.${suggestName(id, components.keys())}`;
  if (type === 'module' && id.startsWith('lightning/') && findBaseProperties(id) === null) {
    return `The platform has no ${id}.`;
  }
  if (type === 'apexClass' || type === 'apexMethod')
    return 'This package has no Apex: read through Lightning Data Service or the UI API.';
  return null;
}

/** The field itself where a path leads over a parent: `Opportunity.Account.Due__c` is `Account.Due__c`. */
function lastField(path: string): string {
  return path.split('.').slice(-2).join('.');
}

function checkProperties(bundle: Bundle, { metadata }: CompileReport, known: Known): Problem[] {
  return (metadata?.templateDependencies ?? []).flatMap(({ fileName, componentReferences }) =>
    componentReferences.flatMap(({ name, tagName, locations, properties }) => {
      const place = { file: `${bundle.path}/${fileName}`, line: locations[0]?.startLine ?? 0 };
      const declared = name.startsWith('c/') ? known.components.get(name) : findBaseProperties(name);
      if (declared === undefined || declared === null) {
        return [
          {
            ...place,
            rule: 'components/unknown-tag',
            message: `There is no <${tagName}>: is it misspelt, or its component gone?`,
          },
        ];
      }
      return properties
        .flatMap((set) => Object.keys(set))
        .filter((property) => !declared.includes(property) && !isGlobalProperty(property))
        .map((property) => ({
          ...place,
          rule: 'components/unknown-property',
          message: `<${tagName}> has no public property ${property}: it has ${declared.join(', ')}.`,
        }));
    }),
  );
}

/** What admins set in the builder must be a public property, or their choice is lost. */
function checkOptions(source: PackageSource, { name }: Bundle, { components }: Known): Problem[] {
  const properties = components.get(`c/${name}`) ?? [];
  return filesOf(source, 'LightningComponentBundle')
    .filter((file) => file.name === name)
    .flatMap((file) =>
      listOptions(file)
        .filter((option) => !properties.includes(option))
        .map((option) =>
          problemAt(
            file,
            null,
            'components/option',
            `There is no public property ${option}.${suggestName(option, properties)}`,
          ),
        ),
    );
}
