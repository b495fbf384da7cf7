import { createHmac, timingSafeEqual } from 'node:crypto';
import type { CustomerRow } from './store/rows.ts';
import type { UpflowOrganization } from './upflow-organization.ts';

const ORIGIN = 'https://pay.upflow.example';
const DAY_IN_MS = 86_400_000;
/** Links in pushes: a new one every 30 days, each good for 60. */
const PUSHED_EVERY_DAYS = 30;
const PUSHED_FOR_DAYS = 60;

export interface PortalLink {
  url: string;
  expiresAt: string;
}

/** A link to a customer's portal; whoever has it is let in until it expires. */
export function makePortalLink(
  { portalSecret }: UpflowOrganization,
  id: string,
  expiresAt: Date,
): PortalLink {
  const until = expiresAt.getTime();
  const token = `${until.toString(36)}.${sign(portalSecret, id, until)}`;
  return {
    url: `${ORIGIN}/portal/${encodeURIComponent(id)}?token=${token}`,
    expiresAt: expiresAt.toISOString(),
  };
}

/** The link that pushes carry at present. */
export function portalLinkOfPushes(
  organization: UpflowOrganization,
  row: CustomerRow,
): { portal?: PortalLink } {
  if (!isPortalOn(row)) return {};
  const period = Math.floor(organization.now().getTime() / (PUSHED_EVERY_DAYS * DAY_IN_MS));
  const expiresAt = new Date((period * PUSHED_EVERY_DAYS + PUSHED_FOR_DAYS) * DAY_IN_MS);
  return { portal: makePortalLink(organization, row.id, expiresAt) };
}

/** Whether a token opens the portal of a customer at present. */
export function opensPortal(organization: UpflowOrganization, id: string, token: string): boolean {
  const [until, signature] = token.split('.');
  const expiresAt = parseInt(until ?? '', 36);
  if (Number.isNaN(expiresAt) || signature === undefined) return false;
  const [given, expected] = [
    Buffer.from(signature),
    Buffer.from(sign(organization.portalSecret, id, expiresAt)),
  ];
  const isOurs = given.length === expected.length && timingSafeEqual(given, expected);
  return isOurs && expiresAt > organization.now().getTime();
}

/** The portal can be switched off for a customer: `portalEnabled: false`. */
export function isPortalOn({ body }: CustomerRow): boolean {
  return (JSON.parse(body) as { portalEnabled?: unknown }).portalEnabled !== false;
}

/** Long, as Upflow's are: no URL field of Salesforce has room for such an address. */
function sign(secret: string, id: string, until: number): string {
  return createHmac('sha512', secret).update(`${id} ${until}`).digest('base64url').repeat(3);
}
