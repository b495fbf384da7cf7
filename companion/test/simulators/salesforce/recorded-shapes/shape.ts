import type { Reply, TestOrg } from '../open-simulator.ts';

/**
 * The shape of a JSON value. An object has exactly these keys, those that end in `?` may be missing; a list's every
 * element has the one shape given; a regular expression is for texts; `id` is an 18-character id with the right suffix.
 */
export type Shape =
  | 'string'
  | 'number'
  | 'boolean'
  | 'null'
  | 'string or null'
  | 'number or null'
  | 'id'
  | 'datetime'
  | 'anything'
  | RegExp
  | readonly [Shape]
  | readonly []
  | { readonly [key: string]: Shape };

/** An answer of a real org as somebody recorded or documented it, and how to ask the simulator for the same. */
export interface RecordedShape {
  name: string;
  /** Where the recording is published: an address, with the path inside it. */
  source: string;
  ask: (org: TestOrg) => Promise<Reply>;
  status: number;
  /** By lower-case name. */
  headers?: Readonly<Record<string, RegExp>>;
  body: Shape;
}
