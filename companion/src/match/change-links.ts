import { sql, type Kysely } from 'kysely';
import { leaveAccounts, loadLinks, rematchAround, type Link } from '../store/links.ts';
import type { Tables } from '../store/tables.ts';
import type { Entry } from './comparison.ts';
import { reviseReport } from './revise-report.ts';

/** What a person wants for a customer. */
export interface LinkWanted {
  customerId: string;
  accountId: string | null;
  source: Link['source'];
}

/** What a person did about a customer, newest first where it is listed. */
export interface LinkChange {
  changeId: number;
  customerId: string;
  accountId: string | null;
  action: Link['source'];
  by: string;
  at: Date;
  undone: boolean;
}

/** Thrown where an Account belongs to another customer already. */
export class AccountTaken extends Error {
  readonly customerId: string;

  constructor(customerId: string) {
    super('The Account belongs to another customer');
    this.name = 'AccountTaken';
    this.customerId = customerId;
  }
}

/**
 * Keeps what a person decided, with its history, has everybody concerned matched anew and mends the report. Give it
 * the transaction that also records who did it.
 *
 * @param accounts Accounts that the report may not have, as Salesforce has them
 * @throws {AccountTaken} when another customer was linked to one of the Accounts by hand
 */
export async function changeLinks(
  trx: Kysely<Tables>,
  connectionId: string,
  wanted: readonly LinkWanted[],
  by: string,
  accounts: readonly Entry[] = [],
): Promise<void> {
  const sorted = wanted.toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1));
  const customerIds = sorted.map(({ customerId }) => customerId);
  const accountIds = sorted.flatMap(({ accountId }) => accountId ?? []);
  const before = await loadLinks(trx, connectionId, customerIds, accountIds);
  const previous = new Map(before.map((link) => [link.customerId, link]));
  refuseTaken(before, sorted);
  await sql`
    insert into match_link_change (connection_id, customer_id, account_id, action, previous, made_by)
    select ${connectionId}, d.customer_id, d.account_id, d.action, d.previous::json, ${by}
    from unnest(
      ${customerIds}::text[],
      ${sorted.map(({ accountId }) => accountId)}::text[],
      ${sorted.map(({ source }) => source)}::text[],
      ${customerIds.map((id) => JSON.stringify(previous.get(id) ?? null))}::text[]
    ) as d(customer_id, account_id, action, previous)`.execute(trx);
  await setLinks(
    trx,
    connectionId,
    sorted.map((link) => ({ ...link, by })),
  );
  await settleAround(trx, connectionId, { before, customerIds, accountIds }, accounts);
}

/**
 * Takes back the newest change about a customer that was not taken back yet.
 *
 * @returns the change; undefined when there is none
 * @throws {AccountTaken} when the Account that the customer had before belongs to another customer now
 */
export async function undoLinkChange(
  trx: Kysely<Tables>,
  connectionId: string,
  customerId: string,
): Promise<LinkChange | undefined> {
  const { rows } = await sql<LinkChange & { previous: Link | null }>`
    update match_link_change set undone = true
    where connection_id = ${connectionId} and change_id = (
      select max(change_id) from match_link_change
      where connection_id = ${connectionId} and customer_id = ${customerId} and not undone)
    returning change_id as "changeId", customer_id as "customerId", account_id as "accountId", action, previous,
      made_by as by, made_at as at, undone`.execute(trx);
  const [change] = rows;
  if (change === undefined) return undefined;
  const { previous } = change;
  const accountIds = previous?.accountId == null ? [] : [previous.accountId];
  const before = await loadLinks(trx, connectionId, [customerId], accountIds);
  if (previous === null) {
    await sql`
      delete from match_link where connection_id = ${connectionId} and customer_id = ${customerId}`.execute(
      trx,
    );
  } else {
    refuseTaken(before, [previous]);
    await setLinks(trx, connectionId, [{ ...previous, at: new Date(previous.at) }]);
  }
  await settleAround(trx, connectionId, { before, customerIds: [customerId], accountIds }, []);
  return change;
}

/** What people did about links, newest first. */
export async function listLinkChanges(
  db: Kysely<Tables>,
  connectionId: string,
  { before, limit }: { before: number; limit: number },
): Promise<LinkChange[]> {
  const { rows } = await sql<LinkChange>`
    select change_id as "changeId", customer_id as "customerId", account_id as "accountId", action, made_by as by,
      made_at as at, undone
    from match_link_change where connection_id = ${connectionId} and change_id < ${before}
    order by change_id desc limit ${limit}`.execute(db);
  return rows;
}

async function setLinks(
  trx: Kysely<Tables>,
  connectionId: string,
  links: readonly (LinkWanted & { by: string; at?: Date })[],
): Promise<void> {
  await sql`
    insert into match_link (connection_id, customer_id, account_id, source, made_by, made_at)
    select ${connectionId}, d.* from unnest(
      ${links.map(({ customerId }) => customerId)}::text[],
      ${links.map(({ accountId }) => accountId)}::text[],
      ${links.map(({ source }) => source)}::text[],
      ${links.map(({ by }) => by)}::text[],
      ${links.map(({ at = new Date() }) => at)}::timestamptz[]
    ) as d(customer_id, account_id, source, made_by, made_at)
    on conflict (connection_id, customer_id) do update set account_id = excluded.account_id,
      source = excluded.source, made_by = excluded.made_by, made_at = excluded.made_at`.execute(trx);
}

function refuseTaken(
  links: readonly Link[],
  wanted: readonly Pick<LinkWanted, 'customerId' | 'accountId'>[],
): void {
  const moving = new Set(wanted.map(({ customerId }) => customerId));
  const taken = new Map(links.map(({ accountId, customerId }) => [accountId, customerId]));
  for (const { customerId, accountId } of wanted) {
    const owner = accountId === null ? undefined : taken.get(accountId);
    if (owner !== undefined && owner !== customerId && !moving.has(owner)) throw new AccountTaken(owner);
  }
}

async function settleAround(
  trx: Kysely<Tables>,
  connectionId: string,
  touched: { before: readonly Link[]; customerIds: readonly string[]; accountIds: readonly string[] },
  accounts: readonly Entry[],
): Promise<void> {
  const { before, customerIds } = touched;
  const accountIds = [
    ...new Set([...touched.accountIds, ...before.flatMap(({ accountId }) => accountId ?? [])]),
  ];
  await leaveAccounts(trx, connectionId, customerIds);
  await rematchAround(trx, connectionId, { customerIds, accountIds });
  await reviseReport(trx, connectionId, { customerIds, accountIds, accounts });
}
