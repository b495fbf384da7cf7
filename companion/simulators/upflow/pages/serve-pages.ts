import express, { Router, type Response } from 'express';
import { pushedCustomers, pushesOf } from '../push-customers.ts';
import { targetSchema } from '../serve-controls.ts';
import type { UpflowOrganization } from '../upflow-organization.ts';
import { renderApiSettings } from './render-api-settings.ts';
import { readBehaviour, renderBehaviour } from './render-behaviour.ts';
import { renderCustomer } from './render-customer.ts';
import { renderCustomers } from './render-customers.ts';
import { renderPage } from './render-page.ts';
import { renderPortal } from './render-portal.ts';
import { renderPushSettings, type PushFormOutcome } from './render-push-settings.ts';

const PUSHES = '/settings/pushes';
const BEHAVIOUR = '/settings/behaviour';
const SHOWN_AT_MOST = 1000;
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

  const send = (res: Response, page: string, status = 200) => res.status(status).type('html').send(page);
  router.get('/', (_req, res) => {
    const { rows, total } = organization.customers.page({ offset: 0, limit: SHOWN_AT_MOST });
    send(res, renderCustomers(pushedCustomers(organization, rows), total));
  });
  router.get('/customers/:id', (req, res) => {
    const row = organization.customers.find(req.params.id);
    if (row === undefined) send(res, renderMissing('There is no such customer.'), 404);
    else send(res, renderCustomer(organization, row));
  });
  router.get('/portal/:id', (req, res) => {
    const { token } = req.query;
    const { status, page } = renderPortal(
      organization,
      req.params.id,
      typeof token === 'string' ? token : '',
    );
    send(res, page, status);
  });
  router.get(BEHAVIOUR, (req, res) => {
    const notice = req.query.done === 'saved' ? { notice: 'Saved.' } : {};
    send(res, renderBehaviour(organization.settings, notice));
  });
  router.post(BEHAVIOUR, form, (req, res) => {
    const read = readBehaviour(req.body);
    if ('trouble' in read) return send(res, renderBehaviour(organization.settings, read), 400);
    Object.assign(organization.settings, read.changes);
    return res.redirect(303, `${BEHAVIOUR}?done=saved`);
  });
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

const renderMissing = (words: string) =>
  renderPage({ title: 'Nothing is here', path: '', body: `<p>${words}</p>` });

/** Blanks around what was pasted are nobody's intention. */
function readForm(body: unknown): { url: string; secret: string } {
  const { url, secret } = (body ?? {}) as { url?: unknown; secret?: unknown };
  const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');
  return { url: text(url), secret: text(secret) };
}
