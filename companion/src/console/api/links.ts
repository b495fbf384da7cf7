import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Connection } from '../../connect/connection.ts';
import { acceptSuggestions } from '../../match/accept-suggestions.ts';
import {
  AccountTaken,
  changeLinks,
  listLinkChanges,
  undoLinkChange,
  type LinkWanted,
} from '../../match/change-links.ts';
import type { Entry } from '../../match/comparison.ts';
import { findOwner } from '../../match/find-owner.ts';
import { findAccount, searchAccounts } from '../../match/search-accounts.ts';
import type { Services } from '../../services.ts';
import { recordAudit } from '../../store/audit.ts';
import { customerExists } from '../../store/customers.ts';
import type { Tables } from '../../store/tables.ts';
import { callSalesforce } from './call-salesforce.ts';
import { accountShape } from './match-shapes.ts';
import { ApiProblem, route, type ApiRoute } from './route.ts';

const TAG = 'Identifier and matches';
const BASE = '/v1/connections/:connectionId';

/** What people decide about single customers; it wins over every comparison. */
export function linkRoutes(services: Services): ApiRoute[] {
  const { db } = services.database;

  /** Keeps a decision, tells the audit log, and has everybody concerned exported anew. */
  async function decide(
    connection: Connection,
    { name }: { name: string },
    wanted: LinkWanted,
    accounts: readonly Entry[] = [],
  ): Promise<void> {
    const { customerId, accountId, source } = wanted;
    await inTransaction(async (trx) => {
      await changeLinks(trx, connection.id, [wanted], name, accounts);
      await recordAudit(trx, {
        connectionId: connection.id,
        actor: name,
        action: source === 'unlinked' ? 'customer unlinked' : 'customer linked',
        subject: customerId,
        details: { accountId },
      });
    });
    wake(connection);
  }

  async function inTransaction<Result>(work: (trx: Kysely<Tables>) => Promise<Result>): Promise<Result> {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      const isTaken = error instanceof AccountTaken || (error as { code?: unknown }).code === '23505';
      if (!isTaken) throw error;
      throw taken(error instanceof AccountTaken ? error.customerId : undefined);
    }
  }

  function wake({ id }: Connection): void {
    services.kick(id);
    services.kickMatch(id);
  }

  async function requireCustomer(connection: Connection, customerId: string): Promise<void> {
    if (!(await customerExists(db, connection.id, customerId))) throw UNKNOWN_CUSTOMER;
  }

  return [
    route({
      method: 'post',
      path: `${BASE}/links/accept`,
      tag: TAG,
      summary: 'Accept suggestions of the match report',
      description: 'Only differences in formatting between one customer and one Account can be accepted.',
      body: z.union([
        z.object({ customerIds: z.array(z.string().max(36)).min(1).max(5000) }),
        z.object({ all: z.literal(true) }),
      ]),
      answer: z.object({ linked: z.int() }),
      async handle({ connection, body, actor }) {
        const only = 'customerIds' in body ? body.customerIds : undefined;
        const linked = await acceptSuggestions(db, connection.id, actor.name, only);
        wake(connection);
        return { linked };
      },
    }),
    route({
      method: 'post',
      path: `${BASE}/links`,
      tag: TAG,
      summary: 'Link a customer to an Account by hand',
      body: z.object({ customerId: z.string().min(1).max(36), accountId: z.string().min(15).max(18) }),
      status: 204,
      answer: z.void(),
      problems: {
        404: 'Unknown customer',
        409: "Another customer's Account",
        502: 'Salesforce did not answer',
      },
      async handle({ connection, body: { customerId, accountId }, actor }) {
        await requireCustomer(connection, customerId);
        const account = await callSalesforce(services, connection, (calls) =>
          findAccount(calls, accountId, connection.identifier?.salesforce),
        );
        if (account === undefined) throw UNKNOWN_ACCOUNT;
        const owner = await findOwner(db, connection.id, account[0]);
        if (owner !== undefined && owner !== customerId) throw taken(owner);
        await decide(connection, actor, { customerId, accountId: account[0], source: 'by hand' }, [account]);
      },
    }),
    route({
      method: 'delete',
      path: `${BASE}/links/:customerId`,
      tag: TAG,
      summary: 'Unlink a customer: it stays unmatched',
      params: z.object({ customerId: z.string() }),
      status: 204,
      answer: z.void(),
      problems: { 404: 'Unknown customer' },
      async handle({ connection, params: { customerId }, actor }) {
        await requireCustomer(connection, customerId);
        await decide(connection, actor, { customerId, accountId: null, source: 'unlinked' });
      },
    }),
    route({
      method: 'post',
      path: `${BASE}/links/:customerId/undo`,
      tag: TAG,
      summary: 'Take back the newest decision about a customer',
      params: z.object({ customerId: z.string() }),
      status: 204,
      answer: z.void(),
      problems: { 404: 'Nothing to undo', 409: "The Account before is another customer's now" },
      async handle({ connection, params: { customerId }, actor }) {
        const change = await inTransaction(async (trx) => {
          const undone = await undoLinkChange(trx, connection.id, customerId);
          if (undone === undefined) return undefined;
          await recordAudit(trx, {
            connectionId: connection.id,
            actor: actor.name,
            action: 'link change undone',
            subject: customerId,
            details: { change: undone.action, accountId: undone.accountId },
          });
          return undone;
        });
        if (change === undefined) throw NOTHING_TO_UNDO;
        wake(connection);
      },
    }),
    route({
      method: 'get',
      path: `${BASE}/links`,
      tag: TAG,
      summary: 'What people decided about customers, newest first',
      query: z.object({
        limit: z.coerce.number().int().min(1).max(500).default(50),
        after: z.coerce.number().int().optional(),
      }),
      answer: z.object({
        rows: z.array(
          z.object({
            customerId: z.string(),
            accountId: z.string().nullable(),
            action: z.string(),
            by: z.string(),
            at: z.date(),
            undone: z.boolean(),
          }),
        ),
        next: z.string().nullable(),
      }),
      async handle({ connection, query: { limit, after = 2_147_483_647 } }) {
        const rows = await listLinkChanges(db, connection.id, { before: after, limit: limit + 1 });
        const shown = rows.slice(0, limit);
        return { rows: shown, next: rows.length > limit ? String(shown.at(-1)?.changeId) : null };
      },
    }),
    route({
      method: 'get',
      path: `${BASE}/accounts`,
      tag: TAG,
      summary: 'Find Accounts to link by hand',
      query: z.object({ search: z.string().trim().min(2).max(80) }),
      answer: z.object({ rows: z.array(accountShape) }),
      problems: { 502: 'Salesforce did not answer as needed' },
      async handle({ connection, query: { search } }) {
        const found = await callSalesforce(services, connection, (calls) =>
          searchAccounts(calls, search, connection.identifier),
        );
        return { rows: found.map(([id, name, value]) => ({ id, name, value: value ?? '' })) };
      },
    }),
  ];
}

function taken(customerId: string | undefined): ApiProblem {
  return new ApiProblem({
    status: 409,
    code: 'account-taken',
    title: 'The Account belongs to another customer',
    detail: 'An Account shows one customer. Unlink the other customer first, or choose another Account.',
    extra: { customerId: customerId ?? null },
  });
}

const UNKNOWN_CUSTOMER = new ApiProblem({
  status: 404,
  code: 'unknown-customer',
  title: 'There is no such customer',
  detail: 'No customer of this connection has that id.',
});

const UNKNOWN_ACCOUNT = new ApiProblem({
  status: 422,
  code: 'unknown-account',
  title: 'There is no such Account',
  detail: 'No Account has that id, or the integration user cannot see it.',
});

const NOTHING_TO_UNDO = new ApiProblem({
  status: 404,
  code: 'nothing-to-undo',
  title: 'There is nothing to undo',
  detail: 'Nobody decided anything about this customer that was not taken back already.',
});
