import { z } from 'zod';
import type { Services } from '../../services.ts';
import { readEvents } from '../../store/customer-events.ts';
import { loadLinks, type Link } from '../../store/links.ts';
import { findCustomers, type FoundAfter } from '../../store/customer-names.ts';
import { readAudit } from '../../store/read-audit.ts';
import {
  listCustomerIds,
  readCustomerNow,
  readCustomerPushes,
  readCustomers,
} from '../../store/read-customer.ts';
import { tellCustomerStory } from '../../watch/tell-customer-story.ts';
import { cutPage, nextPage, pageQuery, readCursor } from './page.ts';
import { ApiProblem, route, type ApiRoute } from './route.ts';
import { momentShape, outcomeShape, reasonShape } from './shapes.ts';

const TAG = 'Customers';
const CUSTOMERS = '/v1/connections/:connectionId/customers';

/** Pushes, events and deeds of people that a story goes back. */
const STORY_LENGTH = 100;

const listed = z.object({
  id: z.string(),
  name: z.string(),
  identifier: z.string().nullable(),
  accountId: z.string().nullable(),
  outcome: outcomeShape,
});

/** Finding customers, and the story of each of them. */
export function customerRoutes({ database: { db } }: Services): ApiRoute[] {
  async function listPlaces(
    connectionId: string,
    search: string | undefined,
    limit: number,
    after: FoundAfter | undefined,
  ): Promise<{ customerId: string; term: string }[]> {
    if (search !== undefined) return findCustomers(db, connectionId, search, limit, after);
    const ids = await listCustomerIds(db, connectionId, limit, after?.[1]);
    return ids.map((customerId) => ({ customerId, term: '' }));
  }

  return [
    route({
      method: 'get',
      path: CUSTOMERS,
      tag: TAG,
      summary: 'List customers',
      query: z.object({
        ...pageQuery,
        search: z.string().trim().min(1).max(255).optional().meta({
          description:
            'The beginning of an id or of a word of a name; or an identifier or an Account id, whole',
        }),
      }),
      answer: z.object({ rows: z.array(listed), next: nextPage }),
      async handle({ connection, query: { search, limit, after } }) {
        const place = readCursor(after, z.tuple([z.string(), z.string()]));
        const found = await listPlaces(connection.id, search, limit + 1, place);
        const page = cutPage(found, limit, ({ term, customerId }) => [term, customerId]);
        const ids = page.rows.map(({ customerId }) => customerId);
        const rows = await readCustomers(db, connection.id, ids);
        return {
          rows: rows.map((row) => ({ ...row, outcome: row.outcome ?? ('pending' as const) })),
          next: page.next,
        };
      },
    }),
    route({
      method: 'get',
      path: `${CUSTOMERS}/:customerId`,
      tag: TAG,
      summary: "Read a customer's story",
      description: 'How it stands, and its way from push to Account, newest first.',
      params: z.object({ customerId: z.string().max(255) }),
      answer: z.object({
        customer: listed.omit({ accountId: true }).extend({
          updatedAt: momentShape,
          isDeleted: z.boolean(),
          waitingSince: momentShape.nullable(),
          nextAttemptAt: momentShape.nullable(),
          reason: reasonShape.nullable(),
        }),
        account: z.object({ id: z.string(), identifier: z.string().nullable() }).nullable(),
        link: z
          .object({ source: z.string(), by: z.string().nullable(), at: momentShape.nullable() })
          .nullable(),
        story: z.array(
          z.object({
            at: momentShape,
            what: z.string(),
            detail: z.string(),
            outcome: outcomeShape.nullable(),
            reason: reasonShape.nullable(),
          }),
        ),
      }),
      problems: { 404: 'Unknown connection or customer' },
      async handle({ connection: { id: connectionId }, params: { customerId } }) {
        const now = await readCustomerNow(db, connectionId, customerId);
        if (now === undefined) throw UNKNOWN_CUSTOMER;
        const pushes = await readCustomerPushes(db, connectionId, customerId, STORY_LENGTH);
        const events = await readEvents(db, connectionId, customerId, STORY_LENGTH);
        const audit = await readAudit(db, { connectionId, subject: customerId, limit: STORY_LENGTH });
        const { accountId, accountIdentifier, outcome, ...customer } = now;
        const matched = events.find((event) => event.kind === 'matched' && event.accountId === accountId);
        const [decided] = await loadLinks(db, connectionId, [customerId], []);
        return {
          customer: { ...customer, outcome: outcome ?? ('pending' as const) },
          account: accountId === null ? null : { id: accountId, identifier: accountIdentifier },
          link: linkOf(accountId, decided, matched?.at ?? null),
          story: tellCustomerStory({ pushes, events, audit }),
        };
      },
    }),
  ];
}

/** Why the customer is on its Account: somebody said so, or the identifiers are equal. */
function linkOf(accountId: string | null, decided: Link | undefined, matchedAt: Date | null) {
  if (decided !== undefined) return { source: decided.source, by: decided.by, at: decided.at };
  return accountId === null ? null : { source: 'identifier', by: null, at: matchedAt };
}

const UNKNOWN_CUSTOMER = new ApiProblem({
  status: 404,
  code: 'unknown-customer',
  title: 'There is no such customer',
  detail: 'No push told of a customer with this id on this connection.',
});
