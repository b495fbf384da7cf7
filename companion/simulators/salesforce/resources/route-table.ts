import type { Routes } from '../http/find-resource.ts';
import { createRecords } from './collections/create-records.ts';
import { deleteRecords } from './collections/delete-records.ts';
import { retrieveListedRecords, retrieveRecords } from './collections/retrieve-records.ts';
import { updateRecords } from './collections/update-records.ts';
import { upsertRecords } from './collections/upsert-records.ts';
import { describeWholeObject, listObjects, showObject } from './describe-objects.ts';
import { queryAllRecords, queryLiveRecords, queryMoreRecords } from './query-records.ts';
import { readKeyedRecord, upsertKeyedRecord } from './records/keyed-record.ts';
import {
  createSingleRecord,
  deleteSingleRecord,
  readSingleRecord,
  updateSingleRecord,
} from './records/single-record.ts';
import { countRecords, listResources, showLimits } from './show-limits.ts';
import { readUiRecord } from './ui-record.ts';

const collectionRoutes: Routes = {
  '/composite/sobjects': { post: createRecords, patch: updateRecords, delete: deleteRecords },
  '/composite/sobjects/:object': { get: retrieveRecords, post: retrieveListedRecords },
  '/composite/sobjects/:object/:field': { patch: upsertRecords },
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
  '/sobjects/:object/:id': { get: readSingleRecord, patch: updateSingleRecord, delete: deleteSingleRecord },
  '/sobjects/:object/:field/:value': { get: readKeyedRecord, patch: upsertKeyedRecord },
};

/** Every path of the data API, below the version. What is not here does not exist. */
export const routes: Routes = {
  '/': { get: listResources },
  '/limits': { get: showLimits },
  '/limits/recordCount': { get: countRecords },
  ...recordRoutes,
  ...collectionRoutes,
  ...queryRoutes,
  '/ui-api/records/:id': { get: readUiRecord, counted: false },
};
