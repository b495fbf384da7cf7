import { Router } from 'express';
import { z } from 'zod';
import { assignUsers, changeCustomer, saveCustomer, type CustomerDetails } from '../changes/save-customer.ts';
import { removeCustomer } from '../changes/remove-customer.ts';
import { isPortalOn, makePortalLink } from '../portal-links.ts';
import { newId } from '../push-customers.ts';
import type { CustomerRow, NoteRow } from '../store/rows.ts';
import type { UpflowOrganization } from '../upflow-organization.ts';
import { ApiProblem, found, readBody } from './api-problem.ts';
import { describeCustomer, describeCustomers } from './describe-customer.ts';
import { describeUser } from './describe-people.ts';
import { pageOf, sendPage } from './send-page.ts';
import { requiredText } from '../changes/shapes.ts';

const DAY_IN_SECONDS = 86_400;
const LONGEST_PORTAL_DAYS = 1000;

const portalShape = z.looseObject({
  expiresIn: z
    .int('must be a number of seconds')
    .min(1, 'must be a number of seconds')
    .max(LONGEST_PORTAL_DAYS * DAY_IN_SECONDS, `must be at most ${LONGEST_PORTAL_DAYS} days`)
    .default(DAY_IN_SECONDS),
  frameAncestors: z.string('must be domains, separated by blanks').optional(),
});
const userIdsShape = z.looseObject({ userIds: z.array(z.string(), 'must be a list of user ids') });

/** `/v1/customers` and what is below a customer, contacts aside. */
export function serveCustomers(organization: UpflowOrganization): Router {
  const router = Router();
  const { customers } = organization;
  const find = (id: string) => findCustomer(organization, id);
  const describe = (row: CustomerRow) => describeCustomer(organization, row);

  router.get(
    '/customers',
    sendPage(customers, 'customers', (rows) => describeCustomers(organization, rows)),
  );
  router.post('/customers', (req, res) => {
    const { row, isNew } = organization.transact(() => saveCustomer(organization, req.body));
    res.status(isNew ? 201 : 200).json(describe(row));
  });
  router.get('/customers/:id', (req, res) => res.json(describe(find(req.params.id))));
  router.put('/customers/:id', (req, res) => {
    const row = find(req.params.id);
    res.json(describe(organization.transact(() => changeCustomer(organization, row, req.body))));
  });
  router.delete('/customers/:id', (req, res) => {
    const row = find(req.params.id);
    organization.transact(() => removeCustomer(organization, row));
    res.status(204).end();
  });
  router.post('/customers/:id/customer_summary', (req, res) => {
    find(req.params.id);
    res.status(204).end();
  });
  router.get('/customers/:id/account-managers', (req, res) => {
    res.json({ items: listUsers(organization, find(req.params.id)) });
  });
  router.post('/customers/:id/account-managers', (req, res) => {
    const row = find(req.params.id);
    const { userIds } = readBody(userIdsShape, req.body);
    const changed = organization.transact(() => assignUsers(organization, row, userIds));
    res.json({ items: listUsers(organization, changed) });
  });
  router.post('/customers/:id/portal', (req, res) => {
    const row = find(req.params.id);
    const { expiresIn } = readBody(portalShape, req.body);
    if (!isPortalOn(row)) throw new ApiProblem(400, 'The portal of this customer is switched off.');
    res.json(makePortalLink(organization, row.id, new Date(organization.now().getTime() + expiresIn * 1000)));
  });
  router.get('/customers/:id/notes', (req, res) => {
    const notes = organization.notes.shownOf(find(req.params.id).seq);
    res.json(pageOf(notes, req.query, describeNote));
  });
  router.post('/customers/:id/notes', (req, res) => {
    const { seq } = find(req.params.id);
    const { content } = readBody(z.looseObject({ content: requiredText }), req.body);
    const now = organization.now().toISOString();
    const values = { id: newId(), externalId: null, customer: seq, createdAt: now, modifiedAt: now, content };
    res.status(201).json(describeNote(organization.notes.insert(values)));
  });
  router.delete('/customers/:id/notes/:noteId', (req, res) => {
    const { seq } = find(req.params.id);
    const note = organization.notes.find(req.params.noteId);
    organization.notes.remove(found(note?.customer === seq ? note : undefined, 'Note', req.params.noteId));
    res.status(204).end();
  });
  return router;
}

/** @param id or `external:` and an external id @throws {ApiProblem} 404 */
export function findCustomer(organization: UpflowOrganization, id: string): CustomerRow {
  return found(organization.customers.find(id), 'Customer', id);
}

function listUsers(organization: UpflowOrganization, { details }: CustomerRow): object[] {
  const { accountManagerIds = [] } = JSON.parse(details) as CustomerDetails;
  return accountManagerIds.flatMap((id) => {
    const user = organization.users.findBy('id', id);
    return user === undefined ? [] : describeUser(user);
  });
}

function describeNote({ id, content, createdAt }: NoteRow): object {
  return { id, content, createdAt };
}
