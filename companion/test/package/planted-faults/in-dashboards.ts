import type { PlantedFault } from './planted-fault.ts';

const dashboard = 'dashboards/Upflow/Upflow_Collections.dashboard-meta.xml';

/** Mistakes in dashboards. */
export const dashboards: PlantedFault[] = [
  {
    name: 'a dashboard of a report that does not exist',
    file: dashboard,
    from: 'Upflow/Ageing_summary',
    to: 'Upflow/Ageing',
    rule: 'reports/report',
  },
  {
    name: 'a sum of a report that is a plain list',
    file: dashboard,
    from: '<report>Upflow/Needs_attention',
    to: '<report>Upflow/Largest_balances',
    rule: 'reports/tabular',
  },
  {
    name: 'a dashboard that runs as a user of ours',
    file: dashboard,
    from: '<title>',
    to: '<runningUser>admin@upflow.example</runningUser><title>',
    rule: 'dashboards/running-user',
  },
  {
    name: 'a dashboard that runs as whoever looks at it, of which an edition may allow none',
    file: dashboard,
    from: 'SpecifiedUser',
    to: 'LoggedInUser',
    rule: 'dashboards/running-user',
  },
  {
    name: 'a figure that Salesforce would choose',
    file: dashboard,
    from: '<autoselectColumnsFromReport>false',
    to: '<autoselectColumnsFromReport>true',
    rule: 'dashboards/figure',
  },
  {
    name: 'a component without a figure',
    file: dashboard,
    from: /<chartSummary>\s*<axisBinding>y<\/axisBinding>\s*<column>RowCount<\/column>\s*<\/chartSummary>/
      .source,
    to: '',
    rule: 'dashboards/figure',
  },
  {
    name: 'a figure that the report does not compute',
    file: dashboard,
    from: '<column>Account$Overdue_Amount__c',
    to: '<column>Account$Due_Amount__c',
    rule: 'dashboards/figure',
  },
  {
    name: 'an average of what the report sums up',
    file: dashboard,
    from: '<aggregateType>Sum',
    to: '<aggregateType>Average',
    rule: 'dashboards/figure',
  },
  {
    name: 'a chart without a grouping',
    file: dashboard,
    from: '<groupingColumn>Account$Owner</groupingColumn>',
    to: '',
    rule: 'dashboards/grouping',
  },
  {
    name: 'a chart of groups that the report does not have',
    file: dashboard,
    from: '<groupingColumn>Account$Owner',
    to: '<groupingColumn>Account$Industry',
    rule: 'dashboards/grouping',
  },
];
