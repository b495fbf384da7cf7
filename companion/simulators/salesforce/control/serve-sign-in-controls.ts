import { Router } from 'express';
import { z } from 'zod';
import { isObject } from '../http/parse-json-body.ts';
import { appShape, type App } from '../oauth/app.ts';
import { findAppTrouble } from '../oauth/app-access.ts';
import { readPublicKey } from '../oauth/exchange-assertion.ts';
import { changeStanding, readStanding, standingChange } from '../oauth/user-standing.ts';
import { readPerson } from '../org/read-person.ts';
import { userNames, type UserName } from '../org/sample-users.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { ControlError } from './control-error.ts';
import { explainIssues } from './explain-issues.ts';
import { take } from './take-input.ts';

const sandboxShape = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z\d]{1,10}$/)
    .default('uat'),
});
const moveShape = z.strictObject({ oldAddress: z.enum(['redirect', 'gone']).default('redirect') });

/** Who may sign in, through what, and where: apps, users, a sandbox beside the org, and the org's address. */
export function serveSignInControls(org: SimulatedOrg): Router {
  const router = Router();
  router.get('/apps', (_req, res) => res.json(org.apps.list()));
  router.put('/apps', (req, res) => res.json(saveApp(org, readApp(org, req.body ?? {}))));
  router.delete('/apps/:clientId', (req, res) => {
    org.apps.remove(req.params.clientId);
    if (org.apps.find(req.params.clientId) === null) org.sessions.revokeApp(req.params.clientId);
    res.json(org.apps.list());
  });
  router.get('/approvals', (_req, res) => res.json(listApprovals(org)));

  router.get('/users', (_req, res) => res.json(userNames.map((name) => describeUser(org, name))));
  router.put('/users/:name', (req, res, next) => {
    const name = userNames.find((known) => known === req.params.name);
    if (name === undefined) throw new ControlError(`The users are: ${userNames.join(', ')}.`);
    const change = take(standingChange, (input) => {
      changeStanding(org, name, input);
      return describeUser(org, name);
    });
    return change(req, res, next);
  });

  router.post(
    '/sandbox',
    take(sandboxShape, ({ name }) => org.hosting?.openSandbox(name)),
  );
  router.post(
    '/move',
    take(moveShape, async ({ oldAddress }) => {
      const oldUrl = org.url;
      return { oldUrl, url: await org.hosting?.move(oldAddress) };
    }),
  );
  return router;
}

/** Changes an app, the default one where none is named; one that is not known yet is registered. */
function readApp(org: SimulatedOrg, input: unknown): App {
  if (!isObject(input)) throw new ControlError('An app is a JSON object.');
  const change: Record<string, unknown> = { clientId: org.identity.clientId, ...input };
  const present = typeof change.clientId === 'string' ? org.apps.find(change.clientId) : null;
  const parsed = appShape.safeParse({ ...present, ...change });
  if (!parsed.success) throw new ControlError(explainIssues(parsed.error));
  checkPublicKey(parsed.data);
  return parsed.data;
}

function checkPublicKey({ publicKey }: App): void {
  try {
    if (publicKey !== null) readPublicKey(publicKey);
  } catch {
    throw new ControlError('publicKey: neither a certificate nor a public key in PEM form');
  }
}

/** An app that nobody can use any more loses all that it was granted. */
function saveApp(org: SimulatedOrg, app: App): App {
  org.apps.save(app);
  if (findAppTrouble(app) !== null) org.sessions.revokeApp(app.clientId);
  return app;
}

function listApprovals(org: SimulatedOrg): object[] {
  return userNames.flatMap((user) =>
    org.apps.list().flatMap(({ clientId, name }) =>
      org.sessions.approvals(user, clientId).map(({ scope, grantedAt, usedAt }) => ({
        user,
        app: name,
        clientId,
        scope,
        grantedAt: new Date(grantedAt).toISOString(),
        usedAt: new Date(usedAt).toISOString(),
      })),
    ),
  );
}

function describeUser(org: SimulatedOrg, name: UserName): object {
  return {
    name,
    id: org.users[name].id,
    username: readPerson(org, name).username,
    ...readStanding(org, name),
  };
}
