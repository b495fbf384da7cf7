import { z } from 'zod';

const common = {
  /** Which requests: all of what is given must hold. `nth` picks one among those that match the rest. */
  match: z
    .strictObject({
      method: z.string().toUpperCase().optional(),
      /** A part of the URL after the host, or a regular expression on it. */
      path: z.string().optional(),
      nth: z.number().int().min(1).optional(),
    })
    .default({}),
  /** How often it may happen; for rowError, how often to each row. Without it, always. */
  times: z.number().int().min(1).optional(),
};

const plain = <Name extends string>(fault: Name) => z.strictObject({ ...common, fault: z.literal(fault) });

/** Everything that can be made to go wrong. */
export const faultShape = z.discriminatedUnion('fault', [
  /** Answers this, and does not do the work. */
  z.strictObject({
    ...common,
    fault: z.literal('status'),
    status: z.number().int().min(200).max(599),
    body: z.unknown().optional(),
    contentType: z.string().default('application/json;charset=UTF-8'),
    headers: z.record(z.string(), z.string()).default({}),
  }),
  /** Closes the connection before doing the work. */
  plain('reset'),
  /** Does the work, then closes the connection instead of answering. */
  plain('resetAfter'),
  /** Sends the headers, then nothing more, without doing the work. */
  plain('stall'),
  z.strictObject({ ...common, fault: z.literal('delay'), ms: z.number().min(0) }),
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
  z.strictObject({ ...common, fault: z.literal('redirect'), location: z.string() }),
  /** Does the work, then answers only the first half of the body. */
  plain('cutJson'),
  /** Does the work, then answers fewer rows than there are. */
  z.strictObject({ ...common, fault: z.literal('dropRows'), rows: z.number().int().min(1).default(1) }),
  /** The org is read-only: reads work, writes fail. */
  plain('maintenance'),
]);

export type Fault = z.infer<typeof faultShape>;
export type FaultOf<Name extends Fault['fault']> = Extract<Fault, { fault: Name }>;
