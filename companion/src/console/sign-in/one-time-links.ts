import { randomBytes } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { digestToken } from '../../connect/provision-connections.ts';
import { recordAudit } from '../../store/audit.ts';
import type { Tables } from '../../store/tables.ts';

/** Minutes for which a link works. */
export const LINK_VALIDITY_IN_MINUTES = 15;

export interface ConsoleLink {
  url: string;
  expiresAt: Date;
}

/**
 * A link that signs whoever opens it in as an admin, once. The token is behind the #, so that it gets into no
 * log of a server or proxy.
 */
export async function makeLink(db: Kysely<Tables>, origin: string): Promise<ConsoleLink> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(Date.now() + LINK_VALIDITY_IN_MINUTES * 60_000);
  await db.transaction().execute(async (trx) => {
    await sql`
      insert into console_link (digest, expires_at) values (${digestToken(token)}, ${expiresAt})`.execute(
      trx,
    );
    await recordAudit(trx, { connectionId: null, actor: 'companion', action: 'sign-in link made' });
  });
  return { url: `${origin}/console/sign-in#${token}`, expiresAt };
}

/** Uses a link up. @returns whether it was one, unused and not too old */
export async function useLink(db: Kysely<Tables>, token: string): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql`
      delete from console_link where digest = ${digestToken(token)} and expires_at > ${new Date()}
      returning 1`.execute(trx);
    const entry = { connectionId: null, actor: 'one-time link' };
    if (rows.length === 1) await recordAudit(trx, { ...entry, action: 'signed in' });
    else
      await recordAudit(trx, { ...entry, action: 'sign-in refused', details: { reason: 'link-not-valid' } });
    return rows.length === 1;
  });
}

/** Deletes sessions and links that nobody can use any more. */
export async function deleteExpiredSignIns(db: Kysely<Tables>): Promise<void> {
  await sql`delete from console_session where expire < ${new Date()}`.execute(db);
  await sql`delete from console_link where expires_at < ${new Date()}`.execute(db);
}
