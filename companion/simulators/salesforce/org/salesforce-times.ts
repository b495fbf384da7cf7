/** Times are kept as the API shows them, which also sorts them: whole seconds, UTC, no colon in the offset. */
export function formatTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}.000+0000`;
}

/** Milliseconds of a time in that form. */
export function parseTime(text: string): number {
  return Date.parse(text.replace('+0000', 'Z'));
}
