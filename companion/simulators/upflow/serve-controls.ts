import { Router } from 'express';
import { z } from 'zod';
import { readSecret } from '../../src/export/2-verify.ts';
import { makePush, type OutgoingPush } from './send-pushes.ts';
import { settingsShape } from './settings.ts';
import type { SimulatedCustomer } from './sample-customers.ts';
import type { UpflowOrganization } from './upflow-organization.ts';

const customersSchema = z.array(
  z.looseObject({ id: z.string().min(1), updatedAt: z.iso.datetime({ offset: true }).optional() }),
);
/** A list of customers, bare or under its name; what is wrong with it is told by its name. */
const bodySchema = z.preprocess(
  (body) => (typeof body === 'object' && body !== null && 'customers' in body ? body : { customers: body }),
  z.object({ customers: customersSchema }),
);
const pushSchema = z.strictObject({
  customerIds: z.array(z.string()).optional(),
  copies: z.int().min(1).max(1000).default(1),
  shuffle: z.boolean().default(false),
});
const keysSchema = z.strictObject({
  apiKey: z.string().min(1).optional(),
  apiSecret: z.string().min(1).optional(),
});
const addressSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/, message: 'must be the http(s) address that the connection shows' }),
});
/** Where pushes go, and the secret that signs them. */
export const targetSchema = addressSchema.extend({
  secret: z.string().refine(isSecret, 'must be a push secret, whsec_ and what follows it'),
});

/** Calls that are the simulator's own: what is in the organization, and what it does. */
export function serveControls(organization: UpflowOrganization): Router {
  const router = Router();
  const { targets } = organization;
  router.get('/customers', (_req, res) => res.json(organization.list()));
  // Like Upflow itself, a change is pushed at once.
  router.put('/customers', async (req, res) => {
    const changed = bodySchema.parse(req.body).customers.map((change) => ({
      ...organization.find(change.id),
      ...change,
      updatedAt: change.updatedAt ?? new Date().toISOString(),
    }));
    organization.put(changed);
    res.json({ customers: changed.length, ...(await targets.send(changed.map(pushOf))) });
  });
  router.delete('/customers/:id', async (req, res) => {
    const { id } = req.params;
    if (!organization.remove(id)) return res.status(404).json({ error: `there is no customer ${id}` });
    const push = makePush('customer.deleted', { id, updatedAt: new Date().toISOString() });
    return res.json(await targets.send([push]));
  });
  router.post('/push', async (req, res) => {
    const { customerIds, ...how } = pushSchema.parse(req.body ?? {});
    const unknown = customerIds?.filter((id) => organization.find(id) === undefined) ?? [];
    if (unknown.length > 0)
      return res.status(400).json({ error: `customerIds: there is no customer ${unknown.join(', ')}` });
    const chosen = customerIds?.flatMap((id) => organization.find(id) ?? []) ?? organization.list();
    return res.json(await targets.send(chosen.map(pushOf), how));
  });
  router.get('/pushes', (_req, res) => res.json(targets.list().map(({ url, last }) => ({ url, last }))));
  router.put('/pushes', (req, res) => {
    targets.put(targetSchema.parse(req.body));
    res.json(targets.list().map(({ url }) => ({ url })));
  });
  router.delete('/pushes', (req, res) => {
    const { url } = addressSchema.parse(req.body);
    if (!targets.remove(url)) return res.status(404).json({ error: `no pushes go to ${url}` });
    return res.json(targets.list().map((target) => ({ url: target.url })));
  });
  router.get('/api-keys', (_req, res) => res.json(organization.keys));
  router.put('/api-keys', (req, res) => res.json(organization.rotateKeys(keysSchema.parse(req.body ?? {}))));
  router.get('/settings', (_req, res) => res.json(organization.settings));
  router.put('/settings', (req, res) => {
    Object.assign(organization.settings, settingsShape.partial().parse(req.body ?? {}));
    res.json(organization.settings);
  });
  router.get('/stats', (_req, res) => {
    const { apiCalls } = organization;
    res.json({ customers: organization.list().length, apiCalls, ...targets.totals });
  });
  router.post('/reset', (_req, res) => {
    organization.reset();
    res.json({ customers: organization.list().length });
  });
  router.use((_req, res) => res.status(404).json({ error: 'the simulator has no such control' }));
  return router;
}

/** What a push carries: the customer without the invoices behind its figures. */
export function pushOf({ invoices: _invoices, ...customer }: SimulatedCustomer): OutgoingPush {
  return makePush('customer.updated', customer);
}

function isSecret(secret: string): boolean {
  try {
    readSecret(secret);
    return true;
  } catch {
    return false;
  }
}
