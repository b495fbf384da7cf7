import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { DAY_IN_MS, MINUTE_IN_MS } from '../org/salesforce-times.ts';
import { userNames } from '../org/sample-users.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { OAuthRefusal } from './oauth-request.ts';

const table = '_authorization_code';

const codeShape = z.object({
  user: z.enum(userNames),
  clientId: z.string(),
  redirectUri: z.string(),
  scope: z.string(),
  challenge: z.string().nullable(),
  nonce: z.string().nullable(),
});

/** What a user approved, and for whom; the code stands for it. */
export type IssuedCode = z.infer<typeof codeShape>;

/** A code that can be exchanged once, soon. */
export function issueCode(org: SimulatedOrg, code: IssuedCode): string {
  forgetOld(org);
  const text = `aPrx${randomBytes(48).toString('base64url')}==`;
  org.store.put(table, text, { code: JSON.stringify(code), issuedAt: org.clock.now() });
  org.store.commit();
  return text;
}

/** Exchanges a code of the client for what `grant` makes of it. Until that has worked the code stays good. */
export function redeemCode<Outcome>(
  org: SimulatedOrg,
  { text, clientId }: { text: string; clientId: string },
  grant: (code: IssuedCode) => { family: string; answer: () => Outcome },
): Outcome {
  const row = org.store.get(table, text);
  const code = row === undefined ? null : codeShape.parse(JSON.parse(String(row.code)));
  // Another client learns nothing of the code, and can end nothing by using it again.
  if (row === undefined || code?.clientId !== clientId) {
    throw OAuthRefusal.grant('invalid authorization code');
  }
  if (row.family !== undefined) {
    if (org.settings.codeReuseRevokes) org.sessions.revokeFamily(String(row.family));
    throw OAuthRefusal.grant('expired authorization code');
  }
  const endsAt = Number(row.issuedAt) + org.settings.codeMinutes * MINUTE_IN_MS;
  if (endsAt <= org.clock.now()) throw OAuthRefusal.grant('expired authorization code');
  const { family, answer } = grant(code);
  org.store.put(table, text, { family });
  org.store.commit();
  return answer();
}

function forgetOld(org: SimulatedOrg): void {
  const oldest = org.clock.now() - DAY_IN_MS;
  for (const [text, row] of [...org.store.rows(table)]) {
    if (Number(row.issuedAt) < oldest) org.store.remove(table, text);
  }
}
