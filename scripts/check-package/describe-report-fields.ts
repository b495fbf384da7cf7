import { filesOf, type MetadataFile, type PackageSource } from './package-source.ts';
import { childrenOf, textOf, walk } from './xml-node.ts';

/** Where the page is, relative to the project. */
export const REPORT_FIELDS_PAGE = 'docs/report-fields.md';

/** The page that tells RevOps what each field holds, written from the package's own metadata. */
export function describeReportFields(source: PackageSource): string {
  const fields = filesOf(source, 'CustomField');
  const rows = fields.map((field) => `| ${describeField(field).join(' | ')} |`);
  const reports = filesOf(source, 'Report').map(
    (report) => `| ${textOf(report.root, 'name')} | ${textOf(report.root, 'description')} |`,
  );
  return [
    '<!-- Written by `npm run docs:fields` from the metadata of the package: change it there. -->',
    '',
    '# Fields and reports for RevOps',
    '',
    'Every field is on Account and is filled by Upflow, unless it says otherwise. In an org that installed the package the',
    'API names begin with `upflow__`. Amounts are in the currency that **Balance Currency** names.',
    '',
    '## Fields',
    '',
    '| Label | API name | Type | Meaning |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    '## Report types',
    '',
    ...filesOf(source, 'ReportType').map(describeReportType),
    '',
    '## Reports in the folder “Upflow”',
    '',
    '| Report | What it shows |',
    '| --- | --- |',
    ...reports,
    '',
  ].join('\n');
}

function describeField({ root, name }: MetadataFile): string[] {
  const help = textOf(root, 'inlineHelpText');
  return [textOf(root, 'label'), `\`${name.split('.')[1] ?? name}\``, describeType(root), escapeCell(help)];
}

function describeType(root: MetadataFile['root']): string {
  const type = textOf(root, 'type');
  const [length, precision, scale] = ['length', 'precision', 'scale'].map((tag) => textOf(root, tag));
  const values = [...walk(root)].filter((node) => node.tag === 'value' && node.children.length > 0);
  const words: Record<string, string> = {
    Text: `Text (${length})`,
    LongTextArea: `Long text (${length})`,
    Number: `Number (${precision}, ${scale})`,
    Currency: 'Currency',
    Picklist: `Picklist: ${values.map((value) => textOf(value, 'label')).join(', ')}`,
    DateTime: 'Date and time',
    Url: 'URL',
  };
  return words[type] ?? type;
}

function describeReportType({ root }: MetadataFile): string {
  const columns = childrenOf(root, 'sections').flatMap((section) => childrenOf(section, 'columns'));
  return `- **${textOf(root, 'label')}**: ${textOf(root, 'description')} ${columns.length} columns.`;
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|');
}
