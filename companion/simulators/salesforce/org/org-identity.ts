import { randomBytes, randomInt } from 'node:crypto';
import { z } from 'zod';
import type { RecordStore } from '../store/record-store.ts';
import { choosePod, makeId } from './salesforce-ids.ts';

/** What makes this org itself, kept with its records so that a restart is the same org to every client. */
export interface Identity {
  pod: string;
  organizationId: string;
  clientId: string;
  clientSecret: string;
  /** Where the org is a sandbox, its name. */
  sandboxName?: string | undefined;
}

const shape = z.object({
  pod: z.string(),
  organizationId: z.string(),
  clientId: z.string(),
  clientSecret: z.string(),
  sandboxName: z.string().optional(),
});

const table = '_identity';
const key = 'org';

/** Reads the identity that an earlier run kept, or makes a new org. Given credentials win over kept ones. */
export function loadIdentity(
  store: RecordStore,
  given: Partial<Pick<Identity, 'clientId' | 'clientSecret' | 'sandboxName'>>,
): Identity {
  const kept = store.get(table, key);
  const base: Identity = kept === undefined ? inventIdentity() : shape.parse(kept);
  const identity: Identity = {
    ...base,
    clientId: given.clientId ?? base.clientId,
    clientSecret: given.clientSecret ?? base.clientSecret,
    sandboxName: given.sandboxName ?? base.sandboxName,
  };
  store.put(table, key, { ...identity, sandboxName: identity.sandboxName ?? null });
  store.commit();
  return identity;
}

function inventIdentity(): Identity {
  const pod = choosePod();
  return {
    pod,
    organizationId: makeId('00D', pod, randomInt(62 ** 5)),
    clientId: `3MVG9${randomBytes(40).toString('base64url')}`,
    clientSecret: randomBytes(32).toString('hex').toUpperCase(),
  };
}
