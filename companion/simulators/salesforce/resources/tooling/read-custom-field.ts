import { z } from 'zod';
import type { ApiCall } from '../../http/api-call.ts';
import { ApiError } from '../../http/api-error.ts';
import { isObject, locateField, parseJsonBody, parserError } from '../../http/parse-json-body.ts';
import { checkFieldMetadata } from '../../schema/check-field-metadata.ts';
import {
  customFieldMetadata,
  customFieldTypes,
  type CustomFieldMetadata,
} from '../../schema/custom-field-metadata.ts';

/** A custom field as a request describes it. */
export interface CustomFieldInput {
  fullName: string | null;
  metadata: CustomFieldMetadata;
}

/** Reads the body of a request for a custom field, and refuses metadata that cannot be. */
export function readCustomField(call: ApiCall): CustomFieldInput {
  const body = parseJsonBody(call.request);
  const given = body.Metadata;
  if (!isObject(given))
    throw refuse('REQUIRED_FIELD_MISSING', 'Required fields are missing: [Metadata]', ['Metadata']);
  refuseUnknownType(call, given.type);
  const parsed = customFieldMetadata.safeParse(given);
  if (!parsed.success) throw parserError(z.prettifyError(parsed.error));
  const trouble = checkFieldMetadata(parsed.data);
  if (trouble !== null) throw refuse('FIELD_INTEGRITY_EXCEPTION', trouble);
  return { fullName: typeof body.FullName === 'string' ? body.FullName : null, metadata: parsed.data };
}

/** An unknown type is found while the body is parsed. */
function refuseUnknownType(call: ApiCall, type: unknown): void {
  if (customFieldTypes.some((known) => known === type)) return;
  const where = locateField(call.request.body, 'Metadata');
  throw parserError(
    `Cannot deserialize instance of complexvalue from VALUE_STRING value ${String(type)} or request may be missing a ` +
      `required field at ${where}`,
  );
}

/** Ends the request with an error of the set-up. */
export function refuse(errorCode: string, message: string, fields: string[] = []): ApiError {
  return ApiError.of(400, errorCode, message, fields);
}
