import { ApiError } from './api-error.ts';
import type { ApiRequest } from './api-request.ts';

const jobPath = /^\/services\/data\/[^/]+\/jobs\//i;

/** Refuses bodies that are no JSON, and callers who take nothing but XML, which this org does not speak. */
export function checkMediaTypes({ path, headers, body }: ApiRequest): void {
  const type = mediaType(headers['content-type'] ?? '');
  const isReadable =
    type === '' || type === 'application/json' || (jobPath.test(path) && /^(text|multipart)\//.test(type));
  if (body !== '' && !isReadable) {
    throw ApiError.of(
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      `MediaType of '${type}' is not supported by this resource`,
    );
  }
  const accepted = (headers.accept ?? '').split(',').map(mediaType);
  if (accepted.length > 0 && accepted.every((name) => name === 'application/xml' || name === 'text/xml')) {
    throw ApiError.of(406, 'NOT_ACCEPTABLE', 'The simulated org answers JSON only, not XML.');
  }
}

function mediaType(header: string): string {
  return header.replace(/;.*$/s, '').trim().toLowerCase();
}
