/** A report or list view that cannot be run; the message names the part that is in the way. */
export class ReportError extends Error {
  readonly status: number;

  constructor(message: string, status = 400) {
    super(message);
    this.status = status;
  }
}
