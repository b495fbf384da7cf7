export const MINUTE_IN_MS = 60_000;
export const HOUR_IN_MS = 60 * MINUTE_IN_MS;
export const DAY_IN_MS = 24 * HOUR_IN_MS;

/** The second that was written last: the rows of a request mostly share it, and then they share one text of it too. */
let last = { second: NaN, text: '' };

/** Times are kept as the API shows them, which also sorts them: whole seconds, UTC, no colon in the offset. */
export function formatTime(milliseconds: number): string {
  const second = Math.floor(milliseconds / 1000);
  if (second !== last.second) {
    last = { second, text: `${new Date(milliseconds).toISOString().slice(0, 19)}.000+0000` };
  }
  return last.text;
}

/** Milliseconds of a time in that form, or in another of ISO 8601: a day alone, or with any offset; NaN for no time. */
export function parseTime(text: string): number {
  return Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
}
