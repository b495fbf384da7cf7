import { Router, type Request } from 'express';
import type { SimulatedOrg } from '../../org/simulated-org.ts';
import { openView } from '../../reports/open-view.ts';
import { nameUserOf, readReader } from '../reader.ts';
import { recordLayouts, type RecordLayout } from '../record-layouts.ts';
import { listViews } from '../../list-views/read-list-view.ts';
import { renderListView, type ListViewPage } from './render-list-view.ts';
import { runListView, type ListRequest } from '../../list-views/run-list-view.ts';

/** The lists of Accounts and Opportunities. */
export function serveListViews(org: SimulatedOrg): Router {
  const router = Router();
  for (const layout of recordLayouts) {
    router.get(`/lightning/o/${layout.objectName}/list`, (request, response) => {
      response.type('html').send(renderListView(openList(org, layout, request)));
    });
  }
  return router;
}

function openList(org: SimulatedOrg, layout: RecordLayout, { query }: Request): ListViewPage {
  const reader = readReader(query, nameUserOf(org));
  const views = listViews(org.installed.directory, layout);
  const view = views.find(({ name }) => name === query.filterName) ?? views[0];
  const request = readRequest(query);
  const found = runListView(openView(org, reader.user), layout.objectName, view, request);
  return { reader, layout, views, view, request, found };
}

function readRequest(query: Request['query']): ListRequest {
  const text = (name: string): string => {
    const value = query[name];
    return typeof value === 'string' ? value : '';
  };
  return {
    sort: text('sort'),
    descending: query.order === 'desc',
    search: text('q'),
    page: Math.floor(Number(text('page'))) || 1,
  };
}
