const literals = /'(?:\\.|[^'\\])*'/gs;

/** The query with its texts blanked out, as long as before: what stands in quotes is no word of the query. */
export function visibleText(query: string): string {
  return query.replace(literals, (text) => '\0'.repeat(text.length));
}

/** A backslash before a character that needs none, which is refused:
 * https://developer.salesforce.com/docs/platform/salesforce-soql-sosl/guide/sforce-api-calls-soql-select-quotedstringescapes.html
 */
export function findIllegalEscape(
  query: string,
): { offset: number; literal: string; sequence: string } | null {
  for (const { 0: quoted, index } of query.matchAll(literals)) {
    const sequence = [...quoted.matchAll(/\\(u[0-9a-f]{4}|.)/gis)].find(
      ([, escaped = '']) => !isEscape(escaped),
    );
    if (sequence !== undefined) return { offset: index, literal: quoted.slice(1, -1), sequence: sequence[0] };
  }
  return null;
}

function isEscape(escaped: string): boolean {
  return escaped.length > 1 || /[nrtbf"'\\_%]/i.test(escaped);
}
