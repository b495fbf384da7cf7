import type { Connection as Calls } from 'jsforce';
import type { Connection } from '../../connect/connection.ts';
import { explainCallError } from '../../salesforce/explain-error.ts';
import type { Services } from '../../services.ts';
import { ApiProblem } from './route.ts';

/**
 * Runs calls to Salesforce for somebody who waits for the answer.
 *
 * @throws {ApiProblem} 502 with the reason when a call fails
 */
export async function callSalesforce<Result>(
  services: Services,
  connection: Connection,
  calls: (connection: Calls) => Promise<Result>,
): Promise<Result> {
  try {
    return await services.clients.of(connection).call(calls);
  } catch (error) {
    const { reason } = explainCallError(error);
    if (reason.code === 'unexpected') services.log.error({ err: error }, 'call to Salesforce failed');
    throw new ApiProblem({
      status: 502,
      code: 'salesforce-call-failed',
      title: 'Salesforce did not answer as needed',
      detail: `${reason.explanation} ${reason.action}`,
      extra: { reason },
    });
  }
}
