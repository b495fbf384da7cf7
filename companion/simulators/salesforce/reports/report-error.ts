/** A report or list view that cannot be run; the message names the part that is in the way. */
export class ReportError extends Error {
  readonly status = 400;
}
