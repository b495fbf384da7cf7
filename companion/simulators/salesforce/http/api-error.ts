import type { Answer } from './send-answer.ts';

/** Why a row was not written, in the words of Salesforce. */
export interface RowError {
  statusCode: string;
  message: string;
  fields: string[];
  /** What a duplicate rule found. Only the answer for a single record tells it; the key is misspelt there. */
  duplicateResut?: object;
}

/** One entry of an error body. Its key is `errorCode`, where rows of collections say `statusCode`. */
interface ErrorEntry {
  message: string;
  errorCode: string;
  fields?: string[];
  duplicateResut?: object;
}

/** Ends a request with an error body: an array of entries, as all data resources answer. */
export class ApiError extends Error {
  readonly status: number;
  readonly entries: readonly ErrorEntry[];
  readonly headers: Record<string, string>;

  constructor(status: number, entries: readonly ErrorEntry[], headers: Record<string, string> = {}) {
    super(entries.map((entry) => `${entry.errorCode}: ${entry.message}`).join('; '));
    this.status = status;
    this.entries = entries;
    this.headers = headers;
  }

  /** The error as the answer to a request. */
  get answer(): Answer {
    return { status: this.status, body: this.entries, headers: this.headers };
  }

  static of(status: number, errorCode: string, message: string, fields?: string[]): ApiError {
    return new ApiError(status, [{ message, errorCode, ...(fields === undefined ? {} : { fields }) }]);
  }

  static notFound(message = 'The requested resource does not exist'): ApiError {
    return new ApiError(404, [{ errorCode: 'NOT_FOUND', message }]);
  }

  static noSuchColumn(field: string, object: string): ApiError {
    return ApiError.of(400, 'INVALID_FIELD', `No such column '${field}' on sobject of type ${object}`);
  }

  /** A single record's errors, which collections would give as a row. */
  static ofRow(status: number, errors: readonly RowError[]): ApiError {
    return new ApiError(status, errors.map(describeRowError));
  }
}

/** Of a duplicate the recorded entry tells what was found, and has no fields. */
function describeRowError({ statusCode, message, fields, duplicateResut }: RowError): ErrorEntry {
  if (duplicateResut !== undefined) return { duplicateResut, errorCode: statusCode, message };
  return { message, errorCode: statusCode, fields };
}
