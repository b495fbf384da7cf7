import { z } from 'zod';
import { header, type ApiCall } from '../http/api-call.ts';
import { ApiError } from '../http/api-error.ts';
import { parseJsonBody } from '../http/parse-json-body.ts';
import type { Answer } from '../http/send-answer.ts';
import { csvFormatShape } from './csv-format.ts';
import { describeJobBriefly, describeNewJob } from './describe-job.ts';
import { addJob, keepUpload, type BulkJob } from './job-table.ts';
import { readJobRequest } from './read-job-request.ts';
import { readMultipart } from './read-multipart.ts';

const requestShape = z.object({
  object: z.string().default(''),
  operation: z.enum(['insert', 'update', 'upsert', 'delete', 'hardDelete']),
  externalIdFieldName: z.string().optional(),
  assignmentRuleId: z.string().optional(),
  contentType: z.literal('CSV').default('CSV'),
  ...csvFormatShape,
});
type IngestRequest = z.infer<typeof requestShape>;

/** POST /jobs/ingest. As multipart, the request brings the data too, and nothing more is uploaded. */
export function createIngestJob(call: ApiCall): Answer {
  const contentType = header(call, 'Content-Type') ?? '';
  if (/^multipart\/form-data/i.test(contentType)) return createWithData(call, contentType);
  const job = addIngestJob(call, parseJsonBody(call.request), 'Open');
  return { status: 200, body: describeNewJob(call.org, job) };
}

function createWithData(call: ApiCall, contentType: string): Answer {
  const parts = readMultipart(call.request.body, contentType);
  const body = parts.get('job') ?? '';
  const job = addIngestJob(call, parseJsonBody({ ...call.request, body }), 'UploadComplete');
  keepUpload(call.org, job.id, parts.get('content') ?? '');
  call.org.jobs.start(job.id);
  return { status: 200, body: describeJobBriefly(call.org, job) };
}

function addIngestJob(call: ApiCall, body: object, state: BulkJob['state']): BulkJob {
  const request = readJobRequest(requestShape, body);
  const object = call.access.get(request.object.toLowerCase());
  if (object === undefined) throw invalidJob(`Unable to find object: ${request.object}`);
  checkKey(request, object);
  if (request.operation === 'hardDelete' && !call.org.settings.bulkHardDelete) {
    const message =
      'hard delete operation requires special user profile permission, please contact your system administrator';
    throw ApiError.of(400, 'FEATURENOTENABLED', `FeatureNotEnabled : ${message}`);
  }
  const { operation, lineEnding, columnDelimiter, assignmentRuleId, externalIdFieldName } = request;
  const job = { operation, lineEnding, columnDelimiter, assignmentRuleId, externalIdFieldName };
  const known = { jobType: 'V2Ingest', object: object.schema.name, user: call.user } as const;
  return addJob(call.org, { ...job, ...known, state, apiVersion: call.version });
}

function checkKey(
  { operation, externalIdFieldName = '' }: IngestRequest,
  object: { schema: { name: string }; fields: ReadonlyMap<string, { idLookup: boolean }> },
): void {
  if (operation !== 'upsert') return;
  const { name } = object.schema;
  if (externalIdFieldName === '') {
    throw invalidJob(`External ID was blank for ${name}. An External ID must be specified for upsert.`);
  }
  if (object.fields.get(externalIdFieldName.toLowerCase())?.idLookup) return;
  throw invalidJob(
    `Field name provided, ${externalIdFieldName} does not match an External ID, Salesforce Id, or indexed field for ${name}`,
  );
}

function invalidJob(message: string): ApiError {
  return ApiError.of(400, 'INVALIDJOB', `InvalidJob : ${message}`);
}
