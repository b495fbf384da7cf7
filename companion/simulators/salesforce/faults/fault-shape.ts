import { validateHeaderName, validateHeaderValue } from 'node:http';
import { z } from 'zod';
import { milliseconds } from '../org/durations.ts';
import { matchShape } from './fault-match.ts';

const common = {
  match: matchShape,
  /** How often it may happen; for rowError, how often to each row. Without it, always. */
  times: z.number().int().min(1).optional(),
};

/** What replaces the answer comes before the work, unless it is wanted after it: done, but the caller is not told. */
const replacing = { ...common, afterWork: z.boolean().default(false) };

const headerName = z.string().refine((name) => succeeds(() => validateHeaderName(name)));
const headerValue = z
  .string()
  .refine((value) => succeeds(() => validateHeaderValue('X', value)), 'a header cannot have such characters');

const plain = <Name extends string>(fault: Name) => z.strictObject({ ...common, fault: z.literal(fault) });
const plainAnswer = <Name extends string>(fault: Name) =>
  z.strictObject({ ...replacing, fault: z.literal(fault) });

/** Faults that answer something else than what was asked for. */
const answerFaults = [
  /** Answers this. */
  z.strictObject({
    ...replacing,
    fault: z.literal('status'),
    status: z.number().int().min(200).max(599),
    body: z.unknown().optional(),
    contentType: headerValue.default('application/json;charset=UTF-8'),
    headers: z.record(headerName, headerValue).default({}),
  }),
  z.strictObject({
    ...replacing,
    fault: z.literal('serverUnavailable'),
    status: z.union([z.literal(500), z.literal(502), z.literal(503), z.literal(504)]).default(503),
    format: z.enum(['array', 'object', 'xml', 'html']).default('array'),
  }),
  plainAnswer('unknownException'),
  /** The API version is retired: 410. */
  plainAnswer('gone'),
  /** The org is deleted or expired: 420. */
  plainAnswer('scratchOrgExpired'),
  z.strictObject({
    ...replacing,
    fault: z.literal('requestLimitExceeded'),
    limit: z.enum(['daily', 'longRunning', 'concurrent']).default('daily'),
  }),
  plainAnswer('queryTimeout'),
  z.strictObject({
    ...replacing,
    fault: z.literal('apiDisabled'),
    scope: z.enum(['user', 'org']).default('user'),
  }),
  plainAnswer('orgLocked'),
  plainAnswer('passwordExpired'),
  /** 401 without ending the session, so that the same token works again later. */
  z.strictObject({
    ...replacing,
    fault: z.literal('invalidSession'),
    reason: z.enum(['expired', 'notForRest', 'notAttachedToAgent']).default('expired'),
  }),
  /** A login page with status 200, as a proxy or a single sign-on gives it. */
  plainAnswer('loginPage'),
  /** 200 with nothing in it. */
  plainAnswer('emptyAnswer'),
  z.strictObject({
    ...replacing,
    fault: z.literal('redirect'),
    location: headerValue,
    status: z
      .union([z.literal(301), z.literal(302), z.literal(303), z.literal(307), z.literal(308)])
      .default(302),
  }),
] as const;

/** Faults that do the work and then spoil its answer. */
const spoilingFaults = [
  /** Closes the connection instead of answering. */
  plain('resetAfter'),
  /** Closes the connection in the middle of the body. */
  plain('resetMidBody'),
  /** Sends half of the body, then nothing, and leaves the connection open. */
  plain('stallBody'),
  /** Sends the body in pieces. */
  z.strictObject({
    ...common,
    fault: z.literal('slowBody'),
    bytes: z.number().int().min(1).default(16),
    everyMs: milliseconds.default(20),
  }),
  /** Announces a length that is so many bytes above, or below, that of the body. */
  z.strictObject({
    ...common,
    fault: z.literal('wrongLength'),
    by: z
      .number()
      .int()
      .refine((by) => by !== 0, 'a number other than 0 is needed'),
  }),
  /** Answers only the first half of the body, as if that were all. */
  plain('cutJson'),
  /** Answers only the first half of a compressed body. */
  plain('cutGzip'),
  /** Answers fewer rows than there are. */
  z.strictObject({ ...common, fault: z.literal('dropRows'), rows: z.number().int().min(1).default(1) }),
  /** Answers the last rows twice. */
  z.strictObject({ ...common, fault: z.literal('duplicateRows'), rows: z.number().int().min(1).default(1) }),
] as const;

/** Everything that can be made to go wrong. */
const allFaults = [
  ...answerFaults,
  ...spoilingFaults,
  /** Closes the connection before doing the work. */
  plain('reset'),
  /** Sends the headers, then nothing more, without doing the work. */
  plain('stall'),
  z.strictObject({ ...common, fault: z.literal('delay'), ms: milliseconds }),
  /** Fails some rows of a write while the others are written. */
  z.strictObject({
    ...common,
    fault: z.literal('rowError'),
    accountIds: z.array(z.string()).optional(),
    rowIndex: z.number().int().min(0).optional(),
    statusCode: z.string().default('UNABLE_TO_LOCK_ROW'),
    message: z.string().default('unable to obtain exclusive access to this record'),
    fields: z.array(z.string()).default([]),
  }),
  /** Ends the session that the request carries. */
  plain('expireSession'),
  /** The org is read-only: reads work, writes fail. */
  plain('maintenance'),
] as const;

const faultNames = allFaults.map((shape) => shape.shape.fault.value).join(', ');

export const faultShape = z.discriminatedUnion('fault', allFaults, {
  error: ({ input }) =>
    isNamed(input) ? `the faults are: ${faultNames}` : 'a fault is an object with its name',
});

function succeeds(check: () => void): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}

function isNamed(input: unknown): boolean {
  return typeof input === 'object' && input !== null && 'fault' in input;
}

export type Fault = z.infer<typeof faultShape>;
export type FaultName = Fault['fault'];
export type FaultOf<Name extends FaultName> = Extract<Fault, { fault: Name }>;
export type AnswerFault = FaultOf<(typeof answerFaults)[number]['shape']['fault']['value']>;
