import { Router } from 'express';
import { reconcile } from '../changes/reconcile.ts';
import { removeMoney, saveCreditNote, saveInvoice, savePayment, saveRefund } from '../changes/save-money.ts';
import type { List } from '../store/list.ts';
import type { Row } from '../store/rows.ts';
import type { UpflowOrganization } from '../upflow-organization.ts';
import { ApiProblem, found } from './api-problem.ts';
import { describeCreditNote, describeInvoice, describePayment, describeRefund } from './describe-money.ts';
import { sendPage } from './send-page.ts';
import { findCustomer } from './serve-customers.ts';

interface Kind<Of extends Row> {
  path: 'invoices' | 'credit_notes' | 'payments' | 'refunds';
  /** What an answer calls a page of them. */
  key: string;
  /** One of them, in words. */
  one: string;
  list: List<Of>;
  save: (organization: UpflowOrganization, body: unknown) => { row: Of; isNew: boolean };
  describe: (organization: UpflowOrganization, row: Of) => object;
}

/** Invoices, credit notes, payments and refunds, and what matches them with each other. */
export function serveMoney(organization: UpflowOrganization): Router {
  const router = Router();
  const { invoices, creditNotes, payments, refunds } = organization;
  serve(router, organization, {
    ...{ path: 'invoices', key: 'invoices', one: 'Invoice', list: invoices },
    ...{ save: saveInvoice, describe: describeInvoice },
  });
  serve(router, organization, {
    ...{ path: 'credit_notes', key: 'items', one: 'Credit note', list: creditNotes },
    ...{ save: saveCreditNote, describe: describeCreditNote },
  });
  serve(router, organization, {
    ...{ path: 'payments', key: 'items', one: 'Payment', list: payments },
    ...{ save: savePayment, describe: describePayment },
  });
  serve(router, organization, {
    ...{ path: 'refunds', key: 'items', one: 'Refund', list: refunds },
    ...{ save: saveRefund, describe: describeRefund },
  });
  router.post('/customers/:id/invoices', (req, res) => {
    const customer = findCustomer(organization, req.params.id);
    const { row, isNew } = organization.transact(() => saveInvoice(organization, req.body, customer));
    res.status(isNew ? 201 : 200).json(describeInvoice(organization, row));
  });
  servePdf(router, '/invoices/:id/pdf', (id) => found(invoices.find(id), 'Invoice', id));
  servePdf(router, '/credit_notes/:id/pdf', (id) => found(creditNotes.find(id), 'Credit note', id));
  router.post('/reconcile', (req, res) => {
    organization.transact(() => reconcile(organization, req.body));
    res.status(201).json('CREATED');
  });
  return router;
}

function serve<Of extends Row>(
  router: Router,
  organization: UpflowOrganization,
  { path, key, one, list, save, describe }: Kind<Of>,
): void {
  const find = (id: string) => found(list.find(id), one, id);
  router.get(
    `/${path}`,
    sendPage(list, key, (rows) => rows.map((row) => describe(organization, row))),
  );
  router.post(`/${path}`, (req, res) => {
    const { row, isNew } = organization.transact(() => save(organization, req.body));
    res.status(isNew ? 201 : 200).json(describe(organization, row));
  });
  router.get(`/${path}/:id`, (req, res) => res.json(describe(organization, find(req.params.id))));
  router.delete(`/${path}/:id`, (req, res) => {
    const row = find(req.params.id);
    organization.transact(() => removeMoney(organization, path, row));
    res.status(204).end();
  });
}

/** Takes a PDF, as JSON or as a form with a file. It is not kept: nothing that the API answers has it. */
function servePdf(router: Router, path: string, find: (id: string) => unknown): void {
  router.post(path, (req, res) => {
    find(String(req.params.id));
    const isForm = Buffer.isBuffer(req.body) && req.body.includes('name="file"');
    const { data } = (req.body ?? {}) as { data?: unknown };
    if (!isForm && (typeof data !== 'string' || data === ''))
      throw new ApiProblem(400, 'data is required: the PDF, in base64.');
    res.status(204).end();
  });
}
