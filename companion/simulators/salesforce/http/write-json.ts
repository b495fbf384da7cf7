/** Writes an answer's body, without blanks or in the platform's own spacing. */
export function writeJson(body: unknown, pretty: boolean): string {
  // Through JSON once, so that both ways drop and convert the same values.
  const text = JSON.stringify(body);
  return pretty ? writePretty(JSON.parse(text), '') : text;
}

/** Each field has a line of its own and blanks around its colon, while lists go on in their line. */
function writePretty(value: unknown, indent: string): string {
  if (Array.isArray(value)) {
    const items = value.map((item) => writePretty(item, indent));
    return items.length === 0 ? '[ ]' : `[ ${items.join(', ')} ]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const fields = Object.entries(value).map(
    ([name, field]) => `${inner}${JSON.stringify(name)} : ${writePretty(field, inner)}`,
  );
  return fields.length === 0 ? '{ }' : `{\n${fields.join(',\n')}\n${indent}}`;
}
