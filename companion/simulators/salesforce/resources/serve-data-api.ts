import { Router } from 'express';
import { listApiVersions } from '../http/api-versions.ts';
import { sendAnswer } from '../http/send-answer.ts';
import { serveResource, type Resource } from '../http/serve-resource.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
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

/** Every path of the data API, below the version. What is not here does not exist. */
const resources: Record<string, Resource> = {
  '': { get: listResources },
  '/limits': { get: showLimits },
  '/limits/recordCount': { get: countRecords },
  '/sobjects': { get: listObjects },
  '/sobjects/:object': { get: showObject, post: createSingleRecord },
  '/sobjects/:object/describe': { get: describeWholeObject },
  '/sobjects/:object/:id': { get: readSingleRecord, patch: updateSingleRecord, delete: deleteSingleRecord },
  '/sobjects/:object/:field/:value': { get: readKeyedRecord, patch: upsertKeyedRecord },
  '/composite/sobjects': { post: createRecords, patch: updateRecords, delete: deleteRecords },
  '/composite/sobjects/:object': { get: retrieveRecords, post: retrieveListedRecords },
  '/composite/sobjects/:object/:field': { patch: upsertRecords },
  '/query': { get: queryLiveRecords },
  '/query/:locator': { get: queryMoreRecords },
  '/queryAll': { get: queryAllRecords },
  '/queryAll/:locator': { get: queryMoreRecords },
};

/** The data API, in all its versions at once. */
export function serveDataApi(org: SimulatedOrg): Router {
  const router = Router();
  router.get('/services/data', (_req, res) => sendAnswer(res, { status: 200, body: listApiVersions() }));
  for (const [path, resource] of Object.entries(resources)) serveResource(router, org, path, resource);
  // What the record page calls is not counted: Lightning's own calls are no API calls either.
  serveResource(router, org, '/ui-api/records/:id', { get: readUiRecord }, { counted: false });
  return router;
}
