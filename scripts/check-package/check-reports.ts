import { checkDashboards } from './check-dashboards.ts';
import { hasField, listFields } from './find-field.ts';
import { childRelationships, standardFields } from './known-platform.ts';
import { filesOf, type MetadataFile, type PackageSource } from './package-source.ts';
import type { Problem } from './problem.ts';
import { problemAt } from './report-problem.ts';
import { suggestName } from './suggest-name.ts';
import { childOf, childrenOf, textOf, walk } from './xml-node.ts';

/** Report types use fields that exist, reports use fields of their type, dashboards use reports they can show. */
export function checkReports(source: PackageSource): Problem[] {
  return [
    ...filesOf(source, 'ReportType').flatMap((file) => checkReportType(source, file)),
    ...filesOf(source, 'Report').flatMap((file) => checkReport(source, file)),
    ...checkDashboards(source),
    ...checkFolders(source, 'Report', 'ReportFolder'),
    ...checkFolders(source, 'Dashboard', 'DashboardFolder'),
  ];
}

function checkReportType(source: PackageSource, file: MetadataFile): Problem[] {
  const base = textOf(file.root, 'baseObject');
  if (!(base in standardFields)) {
    return [
      problemAt(
        file,
        childOf(file.root, 'baseObject') ?? null,
        'reports/object',
        `There is no object ${base}.`,
      ),
    ];
  }
  const join = childOf(file.root, 'join');
  const relationship = join === undefined ? null : textOf(join, 'relationship');
  if (relationship !== null && childRelationships[base]?.[relationship] === undefined) {
    return [
      problemAt(
        file,
        join ?? null,
        'reports/join',
        `${base} has no relationship ${relationship}: join one of ${Object.keys(childRelationships[base] ?? {}).join(', ')}.`,
      ),
    ];
  }
  return [...walk(file.root)]
    .filter((node) => node.tag === 'columns')
    .flatMap((column) => {
      const [table, field] = [textOf(column, 'table'), textOf(column, 'field')];
      const object = objectOfTable(base, relationship, table);
      if (object === null)
        return [problemAt(file, column, 'reports/table', `The report type has no table ${table}.`)];
      if (hasField(source, `${object}.${field}`)) return [];
      return [
        problemAt(
          file,
          column,
          'reports/field',
          `${object} has no field ${field}.${suggestName(field, listFields(source, object))}`,
        ),
      ];
    });
}

function objectOfTable(base: string, relationship: string | null, table: string): string | null {
  if (table === base) return base;
  if (relationship === null || table !== `${base}.${relationship}`) return null;
  return childRelationships[base]?.[relationship] ?? null;
}

/** The tags in which a report names a column. */
const columnTags = ['field', 'column', 'sortColumn', 'groupingColumn', 'dateColumn'];

function checkReport(source: PackageSource, file: MetadataFile): Problem[] {
  const typeName = textOf(file.root, 'reportType').replace(/__c$/, '');
  const type = filesOf(source, 'ReportType').find(({ name }) => name === typeName);
  if (type === undefined) {
    const node = childOf(file.root, 'reportType') ?? null;
    return [
      problemAt(
        file,
        node,
        'reports/type',
        `There is no report type ${typeName}.${suggestName(
          typeName,
          filesOf(source, 'ReportType').map(({ name }) => name),
        )}`,
      ),
    ];
  }
  const known = new Set([...listColumns(type), 'RowCount', ...listBuckets(file)]);
  return [...walk(file.root)]
    .filter((node) => columnTags.includes(node.tag) && node.children.length === 0 && !known.has(node.text))
    .map((node) =>
      problemAt(
        file,
        node,
        'reports/column',
        `The report type ${typeName} has no column ${node.text}.${suggestName(node.text, known)}`,
      ),
    );
}

function listColumns(type: MetadataFile): string[] {
  return [...walk(type.root)]
    .filter((node) => node.tag === 'columns')
    .map((column) => `${textOf(column, 'table')}$${textOf(column, 'field')}`);
}

function listBuckets(file: MetadataFile): string[] {
  return childrenOf(file.root, 'buckets').map((bucket) => textOf(bucket, 'developerName'));
}

function checkFolders(source: PackageSource, type: string, folderType: string): Problem[] {
  const folders = new Set(filesOf(source, folderType).map(({ name }) => name));
  return filesOf(source, type)
    .filter(({ name }) => !folders.has(name.split('/')[0] ?? ''))
    .map((file) =>
      problemAt(
        file,
        null,
        'reports/folder',
        `There is no ${folderType} for ${file.name}: give its folder one, beside the folder.`,
      ),
    );
}
