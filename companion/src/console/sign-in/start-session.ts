import type { Request } from 'express';
import type { Kysely } from 'kysely';
import { recordAudit } from '../../store/audit.ts';
import type { Tables } from '../../store/tables.ts';
import { csrf } from './guard-writes.ts';
import type { SignedIn } from './signed-in.ts';

/** Signs somebody in, under a new session id: one that was known before must not become theirs. */
export async function startSession(req: Request, signedIn: SignedIn): Promise<void> {
  await settle((done) => req.session.regenerate(done));
  req.session.signedIn = signedIn;
  csrf.generateToken(req, true);
  await saveSession(req);
}

/** Ends the session of a request, for all processes. */
export async function endSession(req: Request, db: Kysely<Tables>, actor: string): Promise<void> {
  await db
    .transaction()
    .execute((trx) => recordAudit(trx, { connectionId: null, actor, action: 'signed out' }));
  await settle((done) => req.session.destroy(done));
}

/** Stores a session now: by itself it is stored while its answer is sent, and the next request may come sooner. */
export function saveSession({ session }: Request): Promise<void> {
  return settle((done) => session.save(done));
}

function settle(start: (done: (error: unknown) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error) => {
      if (error instanceof Error) reject(error);
      else resolve();
    });
  });
}
