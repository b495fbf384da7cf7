/** A control call that cannot be done: the caller's mistake, told to the caller. */
export class ControlError extends Error {
  readonly status = 400;
}
