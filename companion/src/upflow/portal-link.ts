import { z } from 'zod';
import type { UpflowClient } from './api-client.ts';
import { UpflowCallError } from './call-error.ts';

export interface PortalLink {
  url: string;
  expiresAt: Date;
}

/** Days for which a link is made: https://docs.upflow.io/en-us/integrations/salesforce/export-data */
export const LINK_VALIDITY_IN_DAYS = 60;

const DAY_IN_MS = 86_400_000;

/** Upflow documents that the answer holds the link, not under which key. */
const URL_KEYS = ['url', 'portalUrl', 'link', 'portal'] as const;

const answerSchema = z.looseObject({ expiresAt: z.iso.datetime({ offset: true }).optional() });
const httpsAddress = z.url({ protocol: /^https?$/ });

/**
 * Has Upflow make a link to a customer's portal, valid for 60 days.
 *
 * @throws {UpflowCallError} what the call throws; `unusable-answer` where the answer holds no link
 * @see https://docs.upflow.io/en-us/customer-portal/branded-portal/generate-portal-url-via-api
 */
export async function makePortalLink(
  client: UpflowClient,
  customerId: string,
  now: Date,
  signal?: AbortSignal,
): Promise<PortalLink> {
  const answer = answerSchema.safeParse(
    await client.call(
      {
        method: 'POST',
        path: `/customers/${encodeURIComponent(customerId)}/portal`,
        body: { expiresIn: (LINK_VALIDITY_IN_DAYS * DAY_IN_MS) / 1000 },
        customerId,
      },
      signal,
    ),
  );
  const url = URL_KEYS.map((key) => httpsAddress.safeParse(answer.data?.[key]).data).find(
    (found) => found !== undefined,
  );
  if (answer.data === undefined || url === undefined)
    throw new UpflowCallError('unusable-answer', 'Upflow answered without a link to the portal');
  const { expiresAt } = answer.data;
  const promised = new Date(now.getTime() + LINK_VALIDITY_IN_DAYS * DAY_IN_MS);
  return { url, expiresAt: expiresAt === undefined ? promised : new Date(expiresAt) };
}
