import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { filterOperators } from '../reports/read-report.ts';
import { oneOf, readXml } from '../reports/read-xml.ts';
import { ReportError } from '../reports/report-error.ts';

/** Which records a list shows, and which of their fields. */
export interface ListView {
  name: string;
  label: string;
  columns: readonly string[];
  filters: readonly { field: string; operation: (typeof filterOperators)[number]; value: string }[];
  booleanFilter: string | undefined;
  /** Only what the user owns. */
  mine: boolean;
}

const shape = z.strictObject({
  booleanFilter: z.string().optional(),
  columns: z.array(z.string()).min(1),
  filterScope: oneOf(['Everything', 'Mine']),
  filters: z
    .array(
      z.strictObject({ field: z.string(), operation: oneOf(filterOperators), value: z.string().default('') }),
    )
    .default([]),
  fullName: z.string(),
  label: z.string(),
  language: z.string().optional(),
});

/** Metadata of list views has names of its own for standard fields; custom fields go by their API names. */
const standardNames: Record<string, Record<string, string>> = {
  Account: {
    'ACCOUNT.NAME': 'Name',
    'ACCOUNT.TYPE': 'Type',
    'ACCOUNT.PHONE1': 'Phone',
    'ACCOUNT.INDUSTRY': 'Industry',
    'ACCOUNT.RATING': 'Rating',
    'ACCOUNT.SITE': 'Site',
    'ACCOUNT.ADDRESS1_CITY': 'BillingCity',
    'ACCOUNT.ADDRESS1_STATE': 'BillingState',
    'CORE.USERS.ALIAS': 'Owner.Alias',
  },
  Opportunity: {
    'OPPORTUNITY.NAME': 'Name',
    'OPPORTUNITY.AMOUNT': 'Amount',
    'OPPORTUNITY.CLOSE_DATE': 'CloseDate',
    'OPPORTUNITY.STAGE_NAME': 'StageName',
    'ACCOUNT.NAME': 'Account',
    'CORE.USERS.ALIAS': 'Owner.Alias',
  },
};

/** What the lists that every org has are made of. */
export interface StandardList {
  objectName: string;
  /** What many of the object are called. */
  tab: string;
  listColumns: readonly string[];
}

/** The list views of an object: the two that every org has, then those of the package. */
export function listViews(packageDirectory: string, standard: StandardList): [ListView, ...ListView[]] {
  const { objectName, tab, listColumns: columns } = standard;
  const plain = { columns, filters: [], booleanFilter: undefined };
  const files = globSync(`objects/${objectName}/listViews/*.listView-meta.xml`, {
    cwd: packageDirectory,
  }).sort();
  return [
    { ...plain, name: `All${tab.replace(' ', '')}`, label: `All ${tab}`, mine: false },
    { ...plain, name: `My${tab.replace(' ', '')}`, label: `My ${tab}`, mine: true },
    ...files.map((file) =>
      readListView(
        readFileSync(join(packageDirectory, file), 'utf8'),
        objectName,
        basename(file, '.listView-meta.xml'),
      ),
    ),
  ];
}

function readListView(xml: string, objectName: string, name: string): ListView {
  const view = readXml(xml, 'ListView', name, shape);
  const translate = (field: string): string => {
    const known = field.endsWith('__c') ? field : standardNames[objectName]?.[field];
    if (known === undefined) throw new ReportError(`ListView ${name}: the column ${field} is not supported.`);
    return known;
  };
  return {
    name,
    label: view.label,
    columns: view.columns.map(translate),
    filters: view.filters.map((filter) => ({ ...filter, field: translate(filter.field) })),
    booleanFilter: view.booleanFilter,
    mine: view.filterScope === 'Mine',
  };
}
