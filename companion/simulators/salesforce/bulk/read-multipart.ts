import { ApiError } from '../http/api-error.ts';

/** Reads the parts of a multipart body by their names. Lines may end in LF or CRLF, as those of the documentation do. */
export function readMultipart(body: string, contentType: string): Map<string, string> {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const mark = boundary?.[1] ?? boundary?.[2];
  if (mark === undefined) throw ApiError.of(400, 'INVALID_MULTIPART_REQUEST', 'The boundary is missing.');
  const sections = body.split(`--${mark}`).slice(1, -1);
  const parts = sections.map((section): [string, string] => {
    const [, head = '', content = ''] = /^\r?\n([\s\S]*?)\r?\n\r?\n([\s\S]*?)\r?\n?$/.exec(section) ?? [];
    return [/;\s*name="?([^";\r\n]+)/i.exec(head)?.[1] ?? '', content];
  });
  return new Map(parts);
}
