import { listPicklistValues } from './list-picklist-values.ts';
import { filesOf, type MetadataFile, type PackageSource } from './package-source.ts';
import type { Problem } from './problem.ts';
import { problemAt } from './report-problem.ts';
import { suggestName } from './suggest-name.ts';
import { childOf, childrenOf, textOf, walk, type XmlNode } from './xml-node.ts';

const numeric = ['Currency', 'Number', 'Percent'];
const scopes = ['organization', 'user', 'team', 'my'];

/** Columns are known to exist; here is whether a report groups, sums, draws and filters by what they are. */
export function checkReportContents(source: PackageSource): Problem[] {
  return filesOf(source, 'Report').flatMap((file) => [
    ...checkGroupings(file),
    ...checkScope(file),
    ...childrenOf(file.root, 'columns').flatMap((column) => checkAggregates(source, file, column)),
    ...[...walk(file.root)]
      .filter(({ tag }) => tag === 'criteriaItems')
      .flatMap((item) => checkFilter(source, file, item)),
  ]);
}

/** The field that a column shows: `Account$Due__c` is `Account.Due__c`, also where a report type joins it. */
const fieldOf = (column: string): string => column.split('.').slice(-1).join('').replace('$', '.');

function checkGroupings(file: MetadataFile): Problem[] {
  const { root } = file;
  const groupings = [...childrenOf(root, 'groupingsDown'), ...childrenOf(root, 'groupingsAcross')];
  const format = childOf(root, 'format');
  const needsGroupings = format?.text === 'Summary' || format?.text === 'Matrix';
  if (format !== undefined && needsGroupings !== groupings.length > 0) {
    const message = `A ${format.text} report has ${needsGroupings ? 'groupings' : 'none'}.`;
    return [problemAt(file, format, 'reports/grouping', message)];
  }
  const known = groupings.map((node) => textOf(node, 'field'));
  const drawn = childrenOf(childOf(root, 'chart') ?? root, 'groupingColumn');
  return drawn
    .filter(({ text }) => !known.includes(text))
    .map((node) => problemAt(file, node, 'reports/chart', `The report is not grouped by ${node.text}.`));
}

function checkScope(file: MetadataFile): Problem[] {
  const scope = childOf(file.root, 'scope');
  if (scope === undefined || scopes.includes(scope.text)) return [];
  const message = `There is no scope ${scope.text}.${suggestName(scope.text, scopes)}`;
  return [problemAt(file, scope, 'reports/scope', message)];
}

function checkAggregates(source: PackageSource, file: MetadataFile, column: XmlNode): Problem[] {
  const name = fieldOf(textOf(column, 'field'));
  const field = filesOf(source, 'CustomField').find((candidate) => candidate.name === name);
  if (field === undefined || numeric.includes(textOf(field.root, 'type'))) return [];
  return childrenOf(column, 'aggregateTypes')
    .filter(({ text }) => text !== 'Unique')
    .map((node) =>
      problemAt(file, node, 'reports/aggregate', `${name} has no ${node.text}: it is no number.`),
    );
}

/** A filter on a picklist that names no value of it finds nothing, and nobody notices. */
function checkFilter(source: PackageSource, file: MetadataFile, item: XmlNode): Problem[] {
  const field = fieldOf(textOf(item, 'column'));
  const values = listPicklistValues(source, field);
  const value = childOf(item, 'value');
  if (values === null || value === undefined || value.text === '') return [];
  return value.text
    .split(',')
    .filter((wanted) => !values.includes(wanted))
    .map((wanted) =>
      problemAt(
        file,
        value,
        'references/picklist',
        `${field} has no value "${wanted}".${suggestName(wanted, values)}`,
      ),
    );
}
