/** The values of a filter: separated by commas, except within quotes. No text at all is one blank value. */
export function splitValues(text: string): string[] {
  const parts = text.match(/\s*"(?:[^"]|"")*"\s*|[^,]+/g) ?? [''];
  return parts.map((part) => {
    const value = part.trim();
    return value.startsWith('"') && value.endsWith('"') && value.length > 1
      ? value.slice(1, -1).replaceAll('""', '"')
      : value;
  });
}
