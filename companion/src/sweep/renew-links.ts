import type { Kysely } from 'kysely';
import { lockExporting } from '../store/connections.ts';
import { isErased } from '../store/erased-customers.ts';
import { findLinksToRenew, savePortalLink } from '../store/portal-links.ts';
import type { Tables } from '../store/tables.ts';
import type { UpflowClient } from '../upflow/api-client.ts';
import { UpflowCallError } from '../upflow/call-error.ts';
import { makePortalLink } from '../upflow/portal-link.ts';
import { enterSwept } from './enter-swept.ts';

/** Links that are made one after the other before they are entered: few, so that a killed process loses few. */
const LINKS_PER_ENTRY = 50;

/** A link on an Account has at least so many days left: https://docs.upflow.io/en-us/integrations/salesforce/export-data */
const DAYS_LEFT = 30;

const HOUR_IN_MS = 3_600_000;
const DAY_IN_MS = 24 * HOUR_IN_MS;

export interface Renewal {
  db: Kysely<Tables>;
  connectionId: string;
  client: UpflowClient;
  now: Date;
  signal: AbortSignal | undefined;
  /** Told of each entry. */
  onEntry: (links: number) => Promise<void>;
}

/**
 * Has new portal links made for customers that are on an Account and whose link would have less than 30 days left
 * before the next day is over; those that run out first come first.
 *
 * @returns how many were made
 */
export async function renewLinks(renewal: Renewal): Promise<number> {
  const { db, connectionId, client, now, signal, onEntry } = renewal;
  const until = new Date(now.getTime() + (DAYS_LEFT + 1) * DAY_IN_MS);
  const refused = new Set<string>();
  for (let made = 0; ;) {
    signal?.throwIfAborted();
    const due = await findLinksToRenew(db, connectionId, until, LINKS_PER_ENTRY, [...refused]);
    if (due.length === 0) return made;
    const renewed = await Promise.all(
      due.map(async (id) => {
        try {
          const { url, expiresAt } = await makePortalLink(client, id, now, signal);
          return [{ id, portal: { url, expiresAt: expiresAt.toISOString() } }];
        } catch (error) {
          // The portal may be switched off for one customer: the others still get theirs.
          if (!(error instanceof UpflowCallError) || !isAboutOne(error)) throw error;
          refused.add(id);
          return [];
        }
      }),
    );
    const links = renewed.flat();
    await keepLinks(db, connectionId, links);
    await enterSwept(db, connectionId, now, links);
    made += links.length;
    await onEntry(links.length);
  }
}

/** But for customers that were erased while their link was made. */
function keepLinks(
  db: Kysely<Tables>,
  connectionId: string,
  links: readonly { id: string; portal: { url: string; expiresAt: string } }[],
): Promise<void> {
  return db.transaction().execute(async (trx) => {
    await lockExporting(trx, connectionId);
    const erased = await isErased(
      trx,
      connectionId,
      links.map(({ id }) => id),
    );
    for (const { id, portal } of links)
      if (!erased.has(id)) await savePortalLink(trx, connectionId, id, portal);
  });
}

function isAboutOne({ problem }: UpflowCallError): boolean {
  return problem === 'not-found' || problem === 'rejected';
}
