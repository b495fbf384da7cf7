import type { Request } from 'express';
import type { Services } from '../../services.ts';
import { recordAudit } from '../../store/audit.ts';
import type { RateLimit } from '../sign-in/limit-rate.ts';
import type { OpenIdProvider } from '../sign-in/openid-provider.ts';
import { describeFailure, judgeFailure, showSignInProblem } from '../sign-in/sign-in-problem.ts';
import { roleOf, type Identity, type SignInAttempt } from '../sign-in/signed-in.ts';
import { saveSession, startSession } from '../sign-in/start-session.ts';
import { ApiProblem, route, type ApiRoute } from './route.ts';

/** Minutes in which whoever began to sign in must come back from the provider. */
const ATTEMPT_VALIDITY_IN_MINUTES = 10;

export interface OpenIdConnectOptions {
  services: Services;
  /** Undefined where none is configured. */
  provider: OpenIdProvider | undefined;
  attempts: RateLimit;
  tag: string;
}

/** There and back: the browser is sent to the provider, and comes back with a code. */
export function openIdConnectRoutes({ services, provider, attempts, tag }: OpenIdConnectOptions): ApiRoute[] {
  const { config, log } = services;
  const { db } = services.database;
  const settings = config.signIn.openIdConnect;

  async function record(actor: string, action: string, details: Record<string, unknown>): Promise<void> {
    await db.transaction().execute((trx) => recordAudit(trx, { connectionId: null, actor, action, details }));
  }

  return [
    route({
      method: 'get',
      path: '/v1/session/openid-connect/start',
      tag,
      summary: 'Begin to sign in with OpenID Connect',
      description: 'For browsers: leads to the page of the provider.',
      role: 'anyone',
      status: 303,
      answer: null,
      problems: {
        404: 'OpenID Connect is not set up here',
        429: 'Too many attempts',
        502: 'No provider answered',
      },
      async handle({ req, res }) {
        if (provider === undefined) throw NOT_SET_UP;
        await attempts.take(req.ip ?? '', res);
        try {
          const { url, attempt } = await provider.begin();
          req.session.attempt = attempt;
          await saveSession(req);
          res.redirect(303, url);
        } catch (error) {
          log.error({ way: 'openid-connect', ...describeFailure(error) }, 'provider unreachable');
          showSignInProblem(req, res, 'sign-in-failed');
        }
      },
    }),
    route({
      method: 'get',
      path: '/v1/session/openid-connect/callback',
      tag,
      summary: 'Finish signing in with OpenID Connect',
      description: 'The provider sends browsers here; it leads on to the console.',
      role: 'anyone',
      status: 303,
      answer: null,
      problems: {
        400: 'This browser did not begin this sign-in, or began it too long ago',
        403: 'The person is on neither list, or cancelled',
        404: 'OpenID Connect is not set up here',
        429: 'Too many attempts',
        502: 'The answer of the provider cannot be trusted',
      },
      async handle({ req, res }) {
        if (provider === undefined || settings === undefined) throw NOT_SET_UP;
        const { ip = '' } = req;
        await attempts.take(ip, res);
        const attempt = await takeAttempt(req);
        if (attempt === undefined) return showSignInProblem(req, res, 'sign-in-expired');
        let identity: Identity;
        try {
          identity = await provider.end(new URL(req.originalUrl, config.publicUrl), attempt);
        } catch (error) {
          const problem = judgeFailure(error);
          log.warn({ ip, way: 'openid-connect', problem, ...describeFailure(error) }, 'sign-in refused');
          await record('anyone', 'sign-in refused', { way: 'openid-connect', reason: problem });
          return showSignInProblem(req, res, problem);
        }
        if (roleOf(identity.grants, settings) === undefined) {
          log.warn({ ip, way: 'openid-connect', problem: 'not-on-a-list' }, 'sign-in refused');
          await record(identity.name, 'sign-in refused', { way: 'openid-connect', reason: 'not-on-a-list' });
          return showSignInProblem(req, res, 'not-on-a-list');
        }
        await startSession(req, { way: 'openid-connect', at: Date.now(), identity });
        await record(identity.name, 'signed in', { way: 'openid-connect' });
        await attempts.forget(ip);
        log.info({ ip, way: 'openid-connect' }, 'signed in');
        res.redirect(303, '/console/');
      },
    }),
  ];
}

/** The attempt that this browser began, if it is not too old; it can be taken once. */
async function takeAttempt(req: Request): Promise<SignInAttempt | undefined> {
  const { attempt } = req.session;
  if (attempt === undefined) return undefined;
  delete req.session.attempt;
  await saveSession(req);
  return Date.now() - attempt.startedAt < ATTEMPT_VALIDITY_IN_MINUTES * 60_000 ? attempt : undefined;
}

const NOT_SET_UP = new ApiProblem({
  status: 404,
  code: 'openid-connect-not-set-up',
  title: 'OpenID Connect is not set up here',
  detail: 'Whoever runs this companion has not named a provider. Use a one-time link: npm run console-link',
});
