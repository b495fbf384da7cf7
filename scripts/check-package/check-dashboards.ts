import { filesOf, type MetadataFile, type PackageSource } from './package-source.ts';
import type { Problem } from './problem.ts';
import { problemAt } from './report-problem.ts';
import { suggestName } from './suggest-name.ts';
import { childOf, childrenOf, textOf, walk, type XmlNode } from './xml-node.ts';

/** Components that show figures along a grouping. */
const charts = ['Bar', 'Column', 'Donut', 'Pie', 'Line', 'Funnel'];

/** Components that sum up: a report that is a plain list has nothing for them. */
const summing = ['Metric', 'Gauge', ...charts];

/** Dashboards name nobody to run as, and each component shows a figure and a grouping that its report has. */
export function checkDashboards(source: PackageSource): Problem[] {
  return filesOf(source, 'Dashboard').flatMap((file) => [
    ...checkRunningUser(file),
    ...[...walk(file.root)]
      .filter((node) => node.tag === 'dashboardComponent' || node.tag === 'components')
      .flatMap((component) => checkComponent(source, file, component)),
  ]);
}

/** A user of ours is none of the customer's; and orgs may have but few dashboards that run as who looks at them. */
function checkRunningUser(file: MetadataFile): Problem[] {
  const user = childOf(file.root, 'runningUser');
  const type = childOf(file.root, 'dashboardType');
  const problems: Problem[] = [];
  if (user !== undefined) {
    const message = `The org of a customer has no user ${user.text}: remove <runningUser>, whoever installs becomes it.`;
    problems.push(problemAt(file, user, 'dashboards/running-user', message));
  }
  if (type?.text !== 'SpecifiedUser') {
    const message =
      'Editions limit how many dashboards run as another user than one specified, and an installation above it fails: make it SpecifiedUser.';
    problems.push(problemAt(file, type ?? file.root, 'dashboards/running-user', message));
  }
  return problems;
}

function checkComponent(source: PackageSource, file: MetadataFile, component: XmlNode): Problem[] {
  const name = childOf(component, 'report') ?? component;
  const report = filesOf(source, 'Report').find((candidate) => candidate.name === name.text);
  if (report === undefined)
    return [
      problemAt(
        file,
        name,
        'reports/report',
        `There is no report ${name.text}.${suggestName(
          name.text,
          filesOf(source, 'Report').map((candidate) => candidate.name),
        )}`,
      ),
    ];
  const kind = textOf(component, 'componentType');
  if (textOf(report.root, 'format') === 'Tabular' && summing.includes(kind)) {
    return [
      problemAt(
        file,
        name,
        'reports/tabular',
        `A ${kind} cannot show the tabular report ${name.text}: group the report, or show it as a Table.`,
      ),
    ];
  }
  return [
    ...checkChoice(file, component, kind),
    ...checkGroupings(file, component, report),
    ...checkFigures(file, component, report),
  ];
}

/** What Salesforce chooses by itself is the first figure of the report, which is seldom the one that the header names. */
function checkChoice(file: MetadataFile, component: XmlNode, kind: string): Problem[] {
  const automatic = childOf(component, 'autoselectColumnsFromReport');
  if (automatic?.text === 'true') {
    const message =
      'Salesforce would choose the figure: set <autoselectColumnsFromReport> to false and name it.';
    return [problemAt(file, automatic, 'dashboards/figure', message)];
  }
  if (summing.includes(kind) && childOf(component, 'chartSummary') === undefined)
    return [
      problemAt(
        file,
        component,
        'dashboards/figure',
        `A ${kind} needs a <chartSummary>: name the figure that the header promises.`,
      ),
    ];
  if (charts.includes(kind) && childOf(component, 'groupingColumn') === undefined)
    return [problemAt(file, component, 'dashboards/grouping', `A ${kind} needs a <groupingColumn>.`)];
  return [];
}

function checkGroupings(file: MetadataFile, component: XmlNode, report: MetadataFile): Problem[] {
  const groupings = listGroupings(report);
  return childrenOf(component, 'groupingColumn')
    .filter(({ text }) => !groupings.includes(text))
    .map((node) =>
      problemAt(
        file,
        node,
        'dashboards/grouping',
        `${report.name} is not grouped by ${node.text}: choose one of ${groupings.join(', ')}.`,
      ),
    );
}

function checkFigures(file: MetadataFile, component: XmlNode, report: MetadataFile): Problem[] {
  const groupings = listGroupings(report);
  const figures = new Set(
    childrenOf(report.root, 'columns').flatMap((column) =>
      childrenOf(column, 'aggregateTypes').map(({ text }) => `${text} ${textOf(column, 'field')}`),
    ),
  );
  const wanted = [
    ...childrenOf(component, 'chartSummary').map((node) => ({ node, aggregate: textOf(node, 'aggregate') })),
    ...childrenOf(component, 'dashboardTableColumn')
      .filter((node) => !groupings.includes(textOf(node, 'column')))
      .map((node) => ({ node, aggregate: textOf(node, 'aggregateType') })),
  ];
  return wanted.flatMap(({ node, aggregate }) => {
    const column = textOf(node, 'column');
    if (column === 'RowCount' || figures.has(`${aggregate} ${column}`)) return [];
    const message = `${report.name} has no ${aggregate || 'figure'} of ${column}: add it to the column's <aggregateTypes>.`;
    return [problemAt(file, node, 'dashboards/figure', message)];
  });
}

function listGroupings({ root }: MetadataFile): string[] {
  return [...childrenOf(root, 'groupingsDown'), ...childrenOf(root, 'groupingsAcross')].map((node) =>
    textOf(node, 'field'),
  );
}
