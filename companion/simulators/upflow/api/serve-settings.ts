import { Router } from 'express';
import { z } from 'zod';
import { dropCustomField } from '../changes/set-custom-fields.ts';
import { identifier, optionalText, requiredText } from '../changes/shapes.ts';
import { newId } from '../push-customers.ts';
import type { ActionRow, BankAccountRow, DunningPlanRow } from '../store/rows.ts';
import type { UpflowOrganization } from '../upflow-organization.ts';
import { ApiProblem, found, readBody } from './api-problem.ts';
import { customerOf } from './describe-money.ts';
import { describeCustomField, describeUser } from './describe-people.ts';
import { sendPage } from './send-page.ts';

const types = ['TEXT', 'SELECT', 'NUMBER', 'DATE', 'BOOLEAN'] as const;
const entities = ['CUSTOMER', 'CONTACT'] as const;
const customFieldShape = z.looseObject({
  id: identifier.nullish(),
  externalId: identifier.nullish(),
  name: requiredText,
  type: z.enum(types, `must be one of ${types.join(', ')}`),
  entity: z.enum(entities, `must be one of ${entities.join(', ')}`),
});
const userShape = z.looseObject({
  email: z.email('must be an email address'),
  firstName: optionalText,
  lastName: optionalText,
  position: optionalText,
  invite: z.boolean('must be true or false').default(false),
});

/** What the whole organization has: users, custom fields, workflows, actions and bank accounts. */
export function serveSettings(organization: UpflowOrganization): Router {
  const router = Router();
  const { users, customFields, dunningPlans, actions, bankAccounts } = organization;
  const describeActions = (rows: ActionRow[]) => rows.map((row) => describeAction(organization, row));

  router.get(
    '/users',
    sendPage(users, 'users', (rows) => rows.map(describeUser)),
  );
  router.post('/users', (req, res) => {
    const {
      email,
      firstName = null,
      lastName = null,
      position = null,
      invite,
    } = readBody(userShape, req.body);
    const [same] = organization.store.all('select seq from users where lower(email) = lower(?)', email);
    if (same !== undefined) throw new ApiProblem(409, `There is a user with the email ${email}.`);
    const body = { firstName, lastName, position, status: invite ? 'INVITED' : 'CREATED' };
    const row = users.insert({ ...newRow(organization), email, body: JSON.stringify(body) });
    res.status(201).json(describeUser(row));
  });

  router.get(
    '/custom_fields',
    sendPage(customFields, 'items', (rows) => rows.map(describeCustomField)),
  );
  router.post('/custom_fields', (req, res) => {
    const given = readBody(customFieldShape, req.body);
    const { name, type, entity, id, externalId = null } = given;
    const present = customFields.findReferred(given);
    const [same] = organization.store.all<{ seq: number }>(
      'select seq from custom_fields where entity = ? and lower(name) = lower(?)',
      ...[entity, name],
    );
    if (same !== undefined && same.seq !== present?.seq)
      throw new ApiProblem(400, `name ${name} is that of another ${entity} custom field.`);
    if (present !== undefined && (present.type !== type || present.entity !== entity))
      throw new ApiProblem(400, 'type and entity of a custom field cannot be changed.');
    const row =
      present === undefined
        ? customFields.insert({
            ...newRow(organization),
            ...(id == null ? {} : { id }),
            externalId,
            name,
            type,
            entity,
          })
        : customFields.update(present, { name });
    res.status(present === undefined ? 201 : 200).json(describeCustomField(row));
  });
  router.delete('/custom_fields/:id', (req, res) => {
    const row = found(customFields.find(req.params.id), 'Custom field', req.params.id);
    organization.transact(() => {
      dropCustomField(organization, row.id);
      customFields.remove(row);
    });
    res.status(204).end();
  });

  router.get(
    '/dunning_plans',
    sendPage(dunningPlans, 'items', (rows) => rows.map(describePlan)),
  );
  router.get('/actions', sendPage(actions, 'items', describeActions));
  router.get('/actions/:id', (req, res) => {
    const row = found(actions.find(req.params.id), 'Action', req.params.id);
    res.json(describeAction(organization, row));
  });
  router.get(
    '/bank_accounts',
    sendPage(bankAccounts, 'items', (rows) => rows.map(describeBankAccount)),
  );
  return router;
}

/** What every new row begins with. */
export function newRow(organization: UpflowOrganization) {
  const now = organization.now().toISOString();
  return { id: newId(), externalId: null, customer: null, createdAt: now, modifiedAt: now };
}

function describePlan({ id, name, mode, entity }: DunningPlanRow): object {
  return { id, name, mode, entity };
}

/** An action as the API shows it. */
export function describeAction(organization: UpflowOrganization, row: ActionRow): object {
  const { id, state, dueDate, createdAt, modifiedAt: updatedAt } = row;
  const customer = customerOf(organization, row);
  return {
    ...{ id, state, dueDate, createdAt, updatedAt },
    ...(JSON.parse(row.body) as object),
    customer: customer === undefined ? null : { id: customer.id, companyName: customer.companyName },
  };
}

function describeBankAccount({ id, externalId, body }: BankAccountRow): object {
  return { id, externalId, ...(JSON.parse(body) as object) };
}
