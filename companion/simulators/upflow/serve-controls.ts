import { Router } from 'express';
import { z } from 'zod';
import { readSecret } from '../../src/export/2-verify.ts';
import { findCustomer } from './api/serve-customers.ts';
import { removeCustomer } from './changes/remove-customer.ts';
import { describeEverything, withInvoices } from './control/describe-everything.ts';
import { putCustomer, putShape } from './control/put-customers.ts';
import { seedOrganization, seedShape } from './control/seed-organization.ts';
import { serveEntities } from './control/serve-entities.ts';
import { faultsShape } from './faults/fault-list.ts';
import { pushesOf } from './push-customers.ts';
import { makePush } from './send-pushes.ts';
import { settingsShape } from './settings.ts';
import type { UpflowOrganization } from './upflow-organization.ts';

const pageSchema = z.object({
  offset: z.coerce.number().int().min(0).default(0),
  // More of them than a caller can hold, so that one who wants all need not say so.
  limit: z.coerce.number().int().min(1).default(10_000),
});
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
  const { targets, customers, faults } = organization;
  router.get('/customers', (req, res) => {
    const page = pageSchema.parse(req.query);
    res.json(withInvoices(organization, customers.page(page).rows));
  });
  router.get('/customers/:id', (req, res) => {
    res.json(describeEverything(organization, findCustomer(organization, req.params.id)));
  });
  // Like Upflow itself, a change is pushed at once.
  router.put('/customers', async (req, res) => {
    const { customers: changes } = putShape.parse(req.body);
    const rows = organization.transact(() => changes.map((change) => putCustomer(organization, change)));
    for (const { seq } of rows) organization.pending.drop(seq);
    res.json({ customers: rows.length, ...(await targets.send(pushesOf(organization, rows))) });
  });
  router.delete('/customers/:id', async (req, res) => {
    const { id } = req.params;
    const row = customers.find(id);
    if (row === undefined) return res.status(404).json({ error: `there is no customer ${id}` });
    organization.transact(() => removeCustomer(organization, row));
    const push = makePush('customer.deleted', { id: row.id, updatedAt: organization.now().toISOString() });
    return res.json(await targets.send([push]));
  });
  router.use(serveEntities(organization));
  router.post('/seed', (req, res) => {
    const wanted = seedShape.parse(req.body ?? {});
    if (customers.findBy('externalId', `${wanted.externalIdPrefix}1`) !== undefined)
      return res.status(400).json({ error: 'externalIdPrefix: there are customers with that one' });
    return res.json(seedOrganization(organization, wanted));
  });
  router.post('/push', async (req, res) => {
    const { customerIds, ...how } = pushSchema.parse(req.body ?? {});
    const unknown = customerIds?.filter((id) => customers.findBy('id', id) === undefined) ?? [];
    if (unknown.length > 0)
      return res.status(400).json({ error: `customerIds: there is no customer ${unknown.join(', ')}` });
    const chosen = customerIds?.flatMap((id) => customers.findBy('id', id) ?? []) ?? customers.all();
    return res.json(await targets.send(pushesOf(organization, chosen), how));
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
  router.get('/faults', (_req, res) => res.json(faults.list()));
  router.put('/faults', (req, res) => {
    faults.replace(faultsShape.parse(req.body));
    res.json(faults.list());
  });
  router.get('/stats', (_req, res) => {
    res.json({ customers: customers.count(), ...organization.stats.list(), ...targets.totals });
  });
  router.post('/reset', (_req, res) => {
    organization.reset();
    res.json({ customers: customers.count() });
  });
  router.use((_req, res) => res.status(404).json({ error: 'the simulator has no such control' }));
  return router;
}

function isSecret(secret: string): boolean {
  try {
    readSecret(secret);
    return true;
  } catch {
    return false;
  }
}
