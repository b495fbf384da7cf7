import { bulkRoutes } from '../bulk/bulk-routes.ts';
import type { Routes } from '../http/find-resource.ts';
import { createRecords } from './collections/create-records.ts';
import { deleteRecords } from './collections/delete-records.ts';
import { retrieveListedRecords, retrieveRecords } from './collections/retrieve-records.ts';
import { updateRecords } from './collections/update-records.ts';
import { upsertRecords } from './collections/upsert-records.ts';
import { createTrees } from './composite/create-trees.ts';
import { runBatch } from './composite/run-batch.ts';
import { listCompositeResources, runComposite } from './composite/run-composite.ts';
import { runGraphs } from './composite/run-graphs.ts';
import { describeWholeObject, listObjects, showObject } from './describe-objects.ts';
import { listResources } from './list-resources.ts';
import { queryAllRecords, queryLiveRecords, queryMoreRecords } from './query-records.ts';
import { listRecent } from './recent-records.ts';
import { deleteKeyedRecord, readKeyedRecord, upsertKeyedRecord } from './records/keyed-record.ts';
import {
  createSingleRecord,
  createWithNullKey,
  deleteSingleRecord,
  readSingleRecord,
  updateSingleRecord,
} from './records/single-record.ts';
import { listDeleted, listUpdated } from './replicate-records.ts';
import { countRecords, showLimits } from './show-limits.ts';
import { createToolingRecord, deleteToolingRecord, updateToolingRecord } from './tooling/custom-field.ts';
import { queryMoreTooling, queryTooling } from './tooling/query-tooling.ts';
import { overTooling } from './tooling/tooling-call.ts';
import { readListRecords } from './ui-list.ts';
import { readObjectInfo } from './ui-object-info.ts';
import { readUiRecord } from './ui-record.ts';

const collectionRoutes: Routes = {
  '/composite/sobjects': { post: createRecords, patch: updateRecords, delete: deleteRecords },
  '/composite/sobjects/:object': { get: retrieveRecords, post: retrieveListedRecords },
  '/composite/sobjects/:object/:field': { patch: upsertRecords },
};

const compositeRoutes: Routes = {
  '/composite': { get: listCompositeResources, post: runComposite },
  '/composite/batch': { post: runBatch },
  '/composite/graph': { post: runGraphs },
  '/composite/tree/:object': { post: createTrees },
};

const queryRoutes: Routes = {
  '/query': { get: queryLiveRecords },
  '/query/:locator': { get: queryMoreRecords },
  '/queryAll': { get: queryAllRecords },
  '/queryAll/:locator': { get: queryMoreRecords },
};

const recordRoutes: Routes = {
  '/sobjects': { get: listObjects },
  '/sobjects/:object': { get: showObject, post: createSingleRecord },
  '/sobjects/:object/describe': { get: describeWholeObject },
  '/sobjects/:object/updated': { get: listUpdated },
  '/sobjects/:object/deleted': { get: listDeleted },
  '/sobjects/:object/:id': {
    get: readSingleRecord,
    post: createWithNullKey,
    patch: updateSingleRecord,
    delete: deleteSingleRecord,
  },
  '/sobjects/:object/:field/:value': {
    get: readKeyedRecord,
    patch: upsertKeyedRecord,
    delete: deleteKeyedRecord,
  },
};

const toolingRoutes: Routes = {
  '/tooling/query': { get: queryTooling },
  '/tooling/query/:locator': { get: queryMoreTooling },
  '/tooling/sobjects': { get: overTooling(listObjects) },
  '/tooling/sobjects/:object': { get: overTooling(showObject), post: overTooling(createToolingRecord) },
  '/tooling/sobjects/:object/describe': { get: overTooling(describeWholeObject) },
  '/tooling/sobjects/:object/:id': {
    get: overTooling(readSingleRecord),
    patch: overTooling(updateToolingRecord),
    delete: overTooling(deleteToolingRecord),
  },
};

/** Every path of the data API, below the version. What is not here does not exist. */
export const routes: Routes = {
  '/': { get: listResources },
  '/limits': { get: showLimits },
  '/limits/recordCount': { get: countRecords },
  '/recent': { get: listRecent },
  ...recordRoutes,
  ...collectionRoutes,
  ...compositeRoutes,
  ...queryRoutes,
  ...bulkRoutes,
  ...toolingRoutes,
  '/ui-api/records/:id': { get: readUiRecord, counted: false },
  '/ui-api/list-records/:object/:listView': { get: readListRecords, counted: false },
  '/ui-api/object-info/:object': { get: readObjectInfo, counted: false },
};
