// A process of its own that keeps sessions: it renews one when it is told to, and answers with what it has then.
import type { Session, SessionSource } from '../../src/salesforce/open-client.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { openKeeper, type KeeperSettings } from './open-keeper.ts';

export interface KeeperOrder {
  order: number;
  connectionId: string;
  /** The session that Salesforce refused; none to have the one that is there. */
  refused?: Session;
}

export type KeeperAnswer = { order: number; session: Session } | { order: number; error: string };

const settings = JSON.parse(process.env.KEEPER ?? '') as KeeperSettings;
const database = await openDatabase({ url: process.env.DATABASE_URL ?? '' });
const keepers = new Map<string, SessionSource>();

process.on('message', ({ order, connectionId, refused }: KeeperOrder) => {
  const keeper = keepers.get(connectionId) ?? openKeeper(database, connectionId, settings);
  keepers.set(connectionId, keeper);
  (refused === undefined ? keeper.current() : keeper.renew(refused)).then(
    (session) => process.send?.({ order, session } satisfies KeeperAnswer),
    (error: unknown) => process.send?.({ order, error: String(error) } satisfies KeeperAnswer),
  );
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
