import express, { Router } from 'express';
import { pushedCustomers, pushesOf } from '../push-customers.ts';
import { targetSchema } from '../serve-controls.ts';
import type { UpflowOrganization } from '../upflow-organization.ts';
import { renderApiSettings } from './render-api-settings.ts';
import { renderCustomers } from './render-customers.ts';
import { renderPushSettings, type PushFormOutcome } from './render-push-settings.ts';

const PUSHES = '/settings/pushes';
const notices = new Map([
  ['saved', 'Saved. Changes of customers are sent there from now on.'],
  ['removed', 'Removed. Nothing is sent there any more.'],
  ['sent', 'All customers were sent; below is what was answered.'],
]);

/** The pages that people see: the customers, and the settings that a new connection needs. */
export function servePages(organization: UpflowOrganization): Router {
  const router = Router();
  const form = express.urlencoded({ extended: false });
  const { targets } = organization;
  const showPushes = (outcome: PushFormOutcome) => renderPushSettings(targets.list(), outcome);

  router.get('/', (_req, res) =>
    res
      .type('html')
      .send(
        renderCustomers(
          pushedCustomers(organization, organization.customers.page({ offset: 0, limit: 1000 }).rows),
          organization.customers.count(),
        ),
      ),
  );
  router.get('/settings/api', (_req, res) => res.type('html').send(renderApiSettings(organization.keys)));
  router.get(PUSHES, (req, res) => {
    const { done } = req.query;
    const notice = typeof done === 'string' ? notices.get(done) : undefined;
    res.type('html').send(showPushes({ notice }));
  });
  router.post(PUSHES, form, (req, res) => {
    const typed = readForm(req.body);
    const target = targetSchema.safeParse(typed);
    if (target.success) {
      targets.put(target.data);
      return res.redirect(303, `${PUSHES}?done=saved`);
    }
    const trouble = target.error.issues
      .map(({ path, message }) => `The push ${path[0] === 'url' ? 'address' : 'secret'} ${message}.`)
      .join(' ');
    return res.status(400).type('html').send(showPushes({ trouble, typed }));
  });
  router.post(`${PUSHES}/remove`, form, (req, res) => {
    targets.remove(readForm(req.body).url);
    res.redirect(303, `${PUSHES}?done=removed`);
  });
  router.post(`${PUSHES}/send`, async (_req, res) => {
    await targets.send(pushesOf(organization, organization.customers.all()));
    res.redirect(303, `${PUSHES}?done=sent`);
  });
  return router;
}

/** Blanks around what was pasted are nobody's intention. */
function readForm(body: unknown): { url: string; secret: string } {
  const { url, secret } = (body ?? {}) as { url?: unknown; secret?: unknown };
  const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');
  return { url: text(url), secret: text(secret) };
}
