import type { VisibleField, VisibleObject } from '../access/resolve-access.ts';
import { queryParam, requireObject, param, type ApiCall } from '../http/api-call.ts';
import { ApiError } from '../http/api-error.ts';
import type { Answer } from '../http/send-answer.ts';
import { listViews, type ListView } from '../list-views/read-list-view.ts';
import { runListView, type ListPage } from '../list-views/run-list-view.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import { describeRecord, readWanted } from './ui-record.ts';

const USUAL_PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 2000;

/**
 * GET /ui-api/list-records/<object>/<list view>?optionalFields=…&pageSize=…&sortBy=…
 * https://developer.salesforce.com/docs/atlas.en-us.uiapi.meta/uiapi/ui_api_resources_list_views_records.htm
 */
export function readListRecords(call: ApiCall): Answer {
  const object = requireObject(call);
  const objectName = object.schema.name;
  const view = requireView(call, objectName, object.schema.labelPlural);
  const sortBy = queryParam(call, 'sortBy') ?? '';
  const [sort, descending] = readSort(sortBy, objectName);
  const pageSize = readPageSize(call);
  const viewer = { ...call, now: call.org.clock.now() };
  const request = { sort, descending, search: '', page: 1, rowsPerPage: pageSize };
  const found = runListView(viewer, objectName, view, request);
  const wanted = readWanted(call, object);
  for (const { name } of nameColumns(call, object, found)) {
    wanted.branches.set(name, { branches: new Map(), optional: true });
  }
  const records = listFound(found, objectName).map((record) => describeRecord(call, object, record, wanted));
  return { status: 200, body: describeList({ view, objectName, found, records, pageSize, sortBy }) };
}

/** A list of the package carries its namespace in an org. */
function requireView(call: ApiCall, objectName: string, tab: string): ListView {
  const { directory, namespace } = call.org.installed;
  const wanted = param(call, 'listView');
  const views = listViews(directory, { objectName, tab, listColumns: ['Name'] });
  const view = views.find(({ name }, index) => wanted === (index < 2 ? name : `${namespace}__${name}`));
  if (view !== undefined) return view;
  throw ApiError.of(404, 'NOT_FOUND', `The requested list view ${wanted} does not exist.`);
}

/** `-Account.Name` sorts downwards; the object's name may be left out. */
function readSort(text: string, objectName: string): [field: string, descending: boolean] {
  const field = text.replace(/^-/, '').replace(new RegExp(`^${objectName}\\.`, 'i'), '');
  return [field, text.startsWith('-')];
}

function readPageSize(call: ApiCall): number {
  const text = queryParam(call, 'pageSize');
  const size = text === null ? USUAL_PAGE_SIZE : Number(text);
  if (Number.isInteger(size) && size >= 1 && size <= MAX_PAGE_SIZE) return size;
  const message = `pageSize must be between 1 and ${MAX_PAGE_SIZE}.`;
  throw ApiError.of(400, 'ILLEGAL_QUERY_PARAMETER_VALUE', message);
}

/** The fields among a list's columns, by the names that they have in the org. */
function nameColumns({ org }: ApiCall, { fields }: VisibleObject, { columns }: ListPage): VisibleField[] {
  return columns.flatMap(({ name }) => {
    const key = name.toLowerCase();
    return fields.get(`${org.installed.namespace}__${key}`) ?? fields.get(key) ?? [];
  });
}

function listFound({ rows }: ListPage, objectName: string): StoredRecord[] {
  return rows.map((row) => row.get(objectName)).filter((record) => record !== undefined);
}

interface FoundList {
  view: ListView;
  objectName: string;
  found: ListPage;
  records: object[];
  pageSize: number;
  sortBy: string;
}

function describeList({ view, objectName, found, records, pageSize, sortBy }: FoundList): object {
  return {
    count: records.length,
    currentPageToken: '0',
    fields: found.columns.map(({ name }) => `${objectName}.${name}`),
    listReference: {
      id: null,
      listViewApiName: view.name,
      objectApiName: objectName,
      parentObjectApiName: null,
      relatedListId: null,
      type: 'listView',
    },
    nextPageToken: found.total > records.length ? String(records.length) : null,
    optionalFields: [],
    pageSize,
    previousPageToken: null,
    records,
    searchTerm: null,
    sortBy: sortBy === '' ? [] : [sortBy],
    where: null,
  };
}
