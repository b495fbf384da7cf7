/** Ends a job in the state Failed; the message is what the job then says of itself. */
export class JobFailure extends Error {}
