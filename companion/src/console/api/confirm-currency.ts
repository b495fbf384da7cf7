import { sql } from 'kysely';
import { z } from 'zod';
import { changeConnection } from '../../connect/change-connection.ts';
import type { Connection } from '../../connect/connection.ts';
import { readOrganizationCurrency } from '../../salesforce/read-currencies.ts';
import type { Services } from '../../services.ts';
import { route, type ApiRoute } from './route.ts';
import { salesforceProblem } from './salesforce-problem.ts';

const TAG = 'Salesforce';
const CURRENCY = '/v1/connections/:connectionId/currency';

const currencyShape = z.object({
  organizationCurrency: z.string().nullable(),
  multiCurrency: z.boolean(),
  upflowCurrencies: z.array(z.string()),
  confirmed: z.boolean().meta({ description: 'Whether nothing is left to confirm' }),
});

/**
 * The currencies of both sides. An org with several converts; in an org with one, amounts stay in Upflow's, and an
 * admin has to say that they know it where the two differ.
 */
export function currencyRoutes(services: Services): ApiRoute[] {
  const { clients, database } = services;

  async function compare(connection: Connection): Promise<z.input<typeof currencyShape>> {
    const found = await clients
      .of(connection)
      .call(readOrganizationCurrency)
      .catch((error: unknown) => {
        throw salesforceProblem(error);
      });
    const { rows: known } = await sql<{ currency: string }>`
      select distinct state ->> 'currency' as currency from customer
      where connection_id = ${connection.id} and state ->> 'currency' is not null
      order by 1`.execute(database.db);
    const { rows } = await sql<{ confirmed: string | null }>`
      update connection set organization_currency = ${found.currency}
      where connection_id = ${connection.id} returning confirmed_currency as confirmed`.execute(database.db);
    const upflowCurrencies = known.map(({ currency }) => currency);
    const isSame = upflowCurrencies.every((currency) => currency === found.currency);
    return {
      organizationCurrency: found.currency,
      multiCurrency: found.multiCurrency,
      upflowCurrencies,
      confirmed: found.multiCurrency || isSame || rows[0]?.confirmed === found.currency,
    };
  }

  return [
    route({
      method: 'get',
      path: CURRENCY,
      tag: TAG,
      summary: "Compare the currency of the org with those of Upflow's amounts",
      answer: currencyShape,
      problems: { 409: 'Not connected', 502: 'Salesforce gave no answer' },
      handle: ({ connection }) => compare(connection),
    }),
    route({
      method: 'put',
      path: CURRENCY,
      tag: TAG,
      summary: 'Confirm that amounts stay in the currencies of Upflow',
      body: z.object({ confirmed: z.literal(true) }),
      answer: currencyShape,
      problems: { 409: 'Not connected', 502: 'Salesforce gave no answer' },
      async handle({ connection, actor }) {
        const { organizationCurrency } = await compare(connection);
        const columns = sql`confirmed_currency = ${organizationCurrency}`;
        await changeConnection(services, connection.id, columns, {
          actor: actor.name,
          action: 'currency confirmed',
          details: { organizationCurrency },
        });
        return compare(connection);
      },
    }),
  ];
}
