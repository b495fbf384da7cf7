import { Router } from 'express';
import { changeContact, saveContact } from '../changes/save-contact.ts';
import type { ContactRow } from '../store/rows.ts';
import type { UpflowOrganization } from '../upflow-organization.ts';
import { found } from './api-problem.ts';
import { describeContact } from './describe-people.ts';
import { pageOf } from './send-page.ts';
import { findCustomer } from './serve-customers.ts';

/** `/v1/customers/:id/contacts`. */
export function serveContacts(organization: UpflowOrganization): Router {
  const router = Router();
  const find = ({ id, contactId }: { id: string; contactId: string }): ContactRow => {
    const { seq } = findCustomer(organization, id);
    const row = organization.contacts.find(contactId);
    return found(row?.customer === seq ? row : undefined, 'Contact', contactId);
  };

  router.get('/customers/:id/contacts', (req, res) => {
    const { seq } = findCustomer(organization, req.params.id);
    res.json(pageOf(organization.contacts.shownOf(seq), req.query, describeContact));
  });
  router.post('/customers/:id/contacts', (req, res) => {
    const customer = findCustomer(organization, req.params.id);
    const { row, isNew } = organization.transact(() => saveContact(organization, customer, req.body));
    res.status(isNew ? 201 : 200).json(describeContact(row));
  });
  router.get('/customers/:id/contacts/:contactId', (req, res) => res.json(describeContact(find(req.params))));
  router.put('/customers/:id/contacts/:contactId', (req, res) => {
    const row = find(req.params);
    res.json(describeContact(organization.transact(() => changeContact(organization, row, req.body))));
  });
  router.delete('/customers/:id/contacts/:contactId', (req, res) => {
    organization.contacts.remove(find(req.params));
    res.status(204).end();
  });
  return router;
}
