import { Router } from 'express';
import { z } from 'zod';
import type { UpflowOrganization } from '../upflow-organization.ts';
import type { SimulatedCustomer } from '../sample-customers.ts';
import { answerProblem } from './answer-problem.ts';
import { describeCustomer } from './describe-customer.ts';

const LARGEST_PAGE = 500;
const EXTERNAL = 'external:';

const pageShape = z.object({
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(LARGEST_PAGE).default(100),
});

/** `/v1/customers`: pages of customers, and one of them by its id or as `external:` and its external id. */
export function serveCustomers(organization: UpflowOrganization): Router {
  const router = Router();
  router.get('/customers', (req, res) => {
    const page = pageShape.safeParse(req.query);
    if (!page.success) {
      const problem = `offset must be 0 or more, limit from 1 to ${LARGEST_PAGE}.`;
      return answerProblem(res, 400, problem);
    }
    const { offset, limit } = page.data;
    const customers = organization.list();
    const shown = customers.slice(offset, offset + limit).map(describeCustomer);
    res.json({ customers: shown, offset, limit, total: customers.length });
  });
  router.get('/customers/:id', (req, res) => {
    const customer = findCustomer(organization, req.params.id);
    if (customer === undefined) return answerProblem(res, 404, `Customer ${req.params.id} not found.`);
    res.json(describeCustomer(customer));
  });
  router.use((_req, res) => answerProblem(res, 404, 'Not found.'));
  return router;
}

function findCustomer(organization: UpflowOrganization, id: string): SimulatedCustomer | undefined {
  if (!id.startsWith(EXTERNAL)) return organization.find(id);
  const externalId = id.slice(EXTERNAL.length);
  return organization.list().find((customer) => customer.externalId === externalId);
}
