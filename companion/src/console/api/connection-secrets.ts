import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { changeConnection } from '../../connect/change-connection.ts';
import { placeOf } from '../../connect/connection-directory.ts';
import { digestToken } from '../../connect/provision-connections.ts';
import type { Services } from '../../services.ts';
import { ApiProblem, route, type ApiRoute } from './route.ts';

const TAG = 'Secrets';
const CONNECTION = '/v1/connections/:connectionId';
const SECRET_LENGTH_IN_BYTES = 32;
/** So many can be live at once; two are enough to rotate. */
const MOST_LIVE = 10;

/** What Upflow signs its pushes with, and what programs call this API with. Each is shown once. */
export function secretRoutes(services: Services): ApiRoute[] {
  return [
    route({
      method: 'post',
      path: `${CONNECTION}/push-secrets`,
      tag: TAG,
      summary: 'Make a push secret, beside those that are live',
      description:
        'The secret is shown this once. To rotate: make one, give it to Upflow, then retire the old one.',
      status: 201,
      answer: z.object({ id: z.string(), secret: z.string() }),
      problems: { 409: 'There are too many' },
      async handle({ connection, actor }) {
        if (connection.pushKeys.length >= MOST_LIVE) throw tooMany('push secrets');
        const id = randomUUID();
        const secret = `whsec_${randomBytes(SECRET_LENGTH_IN_BYTES).toString('base64')}`;
        const sealed = services.sealer.seal(secret, placeOf.pushSecret(connection.id));
        const entry = { actor: actor.name, action: 'push secret made', subject: id };
        await changeConnection(services, connection.id, undefined, entry, async (trx) => {
          await sql`
            insert into push_secret (connection_id, secret_id, sealed)
            values (${connection.id}, ${id}, ${sealed})`.execute(trx);
        });
        return { id, secret };
      },
    }),
    route({
      method: 'delete',
      path: `${CONNECTION}/push-secrets/:secretId`,
      tag: TAG,
      summary: 'Retire a push secret',
      params: z.object({ secretId: z.uuid() }),
      status: 204,
      answer: z.undefined(),
      problems: { 404: 'Unknown connection or secret' },
      async handle({ connection, params: { secretId }, actor }) {
        const entry = { actor: actor.name, action: 'push secret retired', subject: secretId };
        await changeConnection(services, connection.id, undefined, entry, async (trx) => {
          const { rows } = await sql`
            delete from push_secret where connection_id = ${connection.id} and secret_id = ${secretId}
            returning 1`.execute(trx);
          if (rows.length === 0) throw unknown('push secret');
        });
        return undefined;
      },
    }),
    route({
      method: 'post',
      path: `${CONNECTION}/api-tokens`,
      tag: TAG,
      summary: 'Make an API token for this connection',
      description: 'The token is shown this once.',
      body: z.object({ name: z.string().trim().min(1).max(100) }),
      status: 201,
      answer: z.object({ id: z.string(), token: z.string() }),
      problems: { 409: 'There are too many' },
      async handle({ connection, body: { name }, actor }) {
        if (connection.apiTokenDigests.length >= MOST_LIVE) throw tooMany('API tokens');
        const id = randomUUID();
        const token = `upc_${randomBytes(SECRET_LENGTH_IN_BYTES).toString('base64url')}`;
        const entry = { actor: actor.name, action: 'API token made', subject: id };
        await changeConnection(services, connection.id, undefined, entry, async (trx) => {
          await sql`
            insert into api_token (connection_id, token_id, name, digest)
            values (${connection.id}, ${id}, ${name}, ${digestToken(token)})`.execute(trx);
        });
        return { id, token };
      },
    }),
    route({
      method: 'delete',
      path: `${CONNECTION}/api-tokens/:tokenId`,
      tag: TAG,
      summary: 'Retire an API token',
      params: z.object({ tokenId: z.uuid() }),
      status: 204,
      answer: z.undefined(),
      problems: { 404: 'Unknown connection or token' },
      async handle({ connection, params: { tokenId }, actor }) {
        const entry = { actor: actor.name, action: 'API token retired', subject: tokenId };
        await changeConnection(services, connection.id, undefined, entry, async (trx) => {
          const { rows } = await sql`
            delete from api_token where connection_id = ${connection.id} and token_id = ${tokenId}
            returning 1`.execute(trx);
          if (rows.length === 0) throw unknown('API token');
        });
        return undefined;
      },
    }),
  ];
}

function tooMany(what: string): ApiProblem {
  return new ApiProblem({
    status: 409,
    code: 'too-many',
    title: `There are too many ${what}`,
    detail: `A connection has at most ${MOST_LIVE} ${what}. Retire one that is not used any more.`,
  });
}

function unknown(what: string): ApiProblem {
  return new ApiProblem({
    status: 404,
    code: 'unknown-secret',
    title: `There is no such ${what}`,
    detail: 'It was retired already, or belongs to another connection.',
  });
}
