import { findColumn, HiddenField, type Column, type Row, type Viewer } from '../reports/column.ts';
import { compileFilter } from '../reports/compile-filter.ts';
import { joinFilters } from '../reports/filter-logic.ts';
import { listRecords } from '../reports/list-rows.ts';
import { sortRows } from '../reports/sort-rows.ts';
import type { ListView } from './read-list-view.ts';

const USUAL_ROWS_PER_PAGE = 50;
const searchedTypes = ['string', 'picklist', 'phone', 'email', 'url', 'reference', 'textarea'];

/** What the reader asks of a list. */
export interface ListRequest {
  sort: string;
  descending: boolean;
  search: string;
  /** From 1. */
  page: number;
  rowsPerPage?: number;
}

/** One page of a list. */
export interface ListPage {
  columns: Column[];
  sort: string;
  rows: Row[];
  total: number;
  page: number;
  pages: number;
  /** The number of the first row. */
  first: number;
}

/** Finds one page of a list. A page that is too high stands for the last. */
export function runListView(
  viewer: Viewer,
  objectName: string,
  view: ListView,
  request: ListRequest,
): ListPage {
  const find = (name: string): Column => findColumn(viewer, objectName, objectName, name, name);
  const columns = view.columns.flatMap((name) => findVisible(find, name));
  const filters = view.filters.map(({ field, operation, value }) =>
    compileFilter(find(field), operation, value, viewer.now),
  );
  const isWanted = joinFilters(filters, view.booleanFilter);
  const found = listRecords(viewer, objectName)
    .filter((record) => !view.mine || record.OwnerId === viewer.userId)
    .map((record): Row => new Map([[objectName, record]]))
    .filter((row) => isWanted(row) && matches(columns, row, request.search.trim().toLowerCase()));
  const [sortColumn = columns[0]] = request.sort === '' ? [] : findVisible(find, request.sort);
  const sorted = sortColumn === undefined ? found : sortRows(found, sortColumn, request.descending);
  const { rowsPerPage = USUAL_ROWS_PER_PAGE } = request;
  const pages = Math.max(1, Math.ceil(sorted.length / rowsPerPage));
  const page = Math.min(Math.max(1, request.page), pages);
  const start = (page - 1) * rowsPerPage;
  const rows = sorted.slice(start, start + rowsPerPage);
  return { columns, sort: sortColumn?.name ?? '', rows, total: sorted.length, page, pages, first: start + 1 };
}

/** A column that the user may not see is left out. */
function findVisible(find: (name: string) => Column, name: string): Column[] {
  try {
    return [find(name)];
  } catch (error) {
    if (error instanceof HiddenField) return [];
    throw error;
  }
}

function matches(columns: Column[], row: Row, search: string): boolean {
  if (search === '') return true;
  return columns.some(
    (column) =>
      searchedTypes.includes(column.type) &&
      String(column.read(row) ?? '')
        .toLowerCase()
        .includes(search),
  );
}
