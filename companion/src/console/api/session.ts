import { timingSafeEqual } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Request } from 'express';
import { z } from 'zod';
import { digestToken } from '../../connect/provision-connections.ts';
import type { Services } from '../../services.ts';
import { limitRate } from '../sign-in/limit-rate.ts';
import { makeLink, useLink } from '../sign-in/one-time-links.ts';
import { openProvider, type OpenIdProvider } from '../sign-in/openid-provider.ts';
import { endSession, startSession } from '../sign-in/start-session.ts';
import { endOf, readSignedIn } from '../sign-in/signed-in.ts';
import { openIdConnectRoutes } from './openid-connect.ts';
import { ApiProblem, route, type ApiRoute } from './route.ts';

const TAG = 'Sign in';
/** Attempts to sign in that one address may make in five minutes; success starts the count anew. */
const ATTEMPTS = 20;
const SIGN_OUT_URL_PATIENCE_IN_MS = 1000;

const sessionView = z.object({
  name: z.string().meta({ description: 'As the audit log names the person' }),
  role: z.enum(['admin', 'viewer']),
  csrfToken: z.string().meta({ description: 'For the header x-csrf-token of calls that change something' }),
  expiresAt: z.iso.datetime().meta({ description: 'When the session ends unless it is used before' }),
  signOutUrl: z.url().optional().meta({ description: 'Where to go after DELETE, to sign out there too' }),
});

/** Signing in and out, and who is signed in. */
export function sessionRoutes(services: Services): ApiRoute[] {
  const { config, database, log, sealer } = services;
  const { signIn, publicUrl } = config;
  const attempts = limitRate(ATTEMPTS, 300);
  const provider =
    signIn.openIdConnect && publicUrl !== undefined
      ? openProvider(signIn.openIdConnect, publicUrl)
      : undefined;

  async function view({ session }: Request): Promise<z.input<typeof sessionView>> {
    const person = readSignedIn(session.signedIn, signIn, Date.now());
    if (person === undefined || session.signedIn === undefined) throw LINK_NOT_VALID;
    const expiresAt = Math.min(Date.now() + signIn.idleInMs, endOf(session.signedIn, signIn));
    const signOutUrl = session.signedIn.way === 'openid-connect' ? await askSignOutUrl(provider) : undefined;
    return {
      ...person,
      csrfToken: session.csrfToken ?? '',
      expiresAt: new Date(expiresAt).toISOString(),
      ...(signOutUrl === undefined ? {} : { signOutUrl }),
    };
  }

  return [
    route({
      method: 'get',
      path: '/v1/session',
      tag: TAG,
      summary: 'Ask who is signed in',
      description: 'The answer 401 lists the ways to sign in: `signInWays`.',
      answer: sessionView,
      handle: ({ req }) => view(req),
    }),
    route({
      method: 'post',
      path: '/v1/session/link',
      tag: TAG,
      summary: 'Sign in with a one-time link',
      role: 'anyone',
      body: z.object({ token: z.string().max(200) }),
      answer: sessionView,
      problems: { 401: 'The link was used, is too old, or never was one', 429: 'Too many attempts' },
      async handle({ body, req }) {
        const { ip = '' } = req;
        await attempts.take(ip, req.res);
        if (!signIn.links || !(await useLink(database.db, body.token))) {
          log.warn({ ip, way: 'link' }, 'sign-in refused');
          throw LINK_NOT_VALID;
        }
        await startSession(req, { way: 'link', at: Date.now() });
        await attempts.forget(ip);
        log.info({ ip, way: 'link' }, 'signed in');
        return view(req);
      },
    }),
    route({
      method: 'post',
      path: '/v1/session/links',
      tag: TAG,
      summary: 'Make a one-time link',
      description:
        'For `npm run console-link` on the same machine, which proves that it knows the encryption keys.',
      role: 'anyone',
      status: 201,
      answer: z.object({ url: z.string(), expiresAt: z.iso.datetime() }),
      problems: {
        403: 'Not from this machine, without the key, or links are switched off',
        429: 'Too many attempts',
      },
      async handle({ req }) {
        await attempts.take(req.ip ?? '', req.res);
        const keys = sealer.derive('console links');
        if (!isOfThisMachine(req) || !holdsOneOf(keys, req)) throw LINKS_REFUSED;
        if (!signIn.links) throw LINKS_OFF;
        const { url, expiresAt } = await makeLink(
          database.db,
          publicUrl ?? `http://${req.headers.host ?? ''}`,
        );
        return { url, expiresAt: expiresAt.toISOString() };
      },
    }),
    route({
      method: 'delete',
      path: '/v1/session',
      tag: TAG,
      summary: 'Sign out',
      role: 'viewer',
      status: 204,
      answer: z.void(),
      async handle({ req, actor }) {
        await endSession(req, database.db, actor.name);
        log.info('signed out');
      },
    }),
    ...openIdConnectRoutes({ services, provider, attempts, tag: TAG }),
  ];
}

/** A provider that is away keeps nobody from working here. */
async function askSignOutUrl(provider: OpenIdProvider | undefined): Promise<string | undefined> {
  const patience = delay(SIGN_OUT_URL_PATIENCE_IN_MS, undefined, { ref: false });
  return Promise.race([provider?.signOutUrl().catch(() => undefined), patience]);
}

/** Behind a proxy on the same machine everybody comes from here, so this is not the only condition. */
function isOfThisMachine({ socket }: Request): boolean {
  const { remoteAddress, localAddress } = socket;
  return remoteAddress !== undefined && remoteAddress === localAddress;
}

function holdsOneOf(keys: readonly string[], { headers }: Request): boolean {
  const offered = digestToken(headers.authorization ?? '');
  return keys.some((key) => timingSafeEqual(digestToken(`Bearer ${key}`), offered));
}

const LINK_NOT_VALID = new ApiProblem({
  status: 401,
  code: 'link-not-valid',
  title: 'This link does not work',
  detail:
    'It was used already, is older than 15 minutes, or is not complete. Ask for a new one: npm run console-link',
});

const LINKS_REFUSED = new ApiProblem({
  status: 403,
  code: 'links-refused',
  title: 'No link for you',
  detail: 'Links are made by "npm run console-link" on the machine of the companion, with its settings.',
});

const LINKS_OFF = new ApiProblem({
  status: 403,
  code: 'links-off',
  title: 'One-time links are switched off',
  detail:
    'People sign in with OpenID Connect. To allow links beside it, set CONSOLE_LINKS=on and start again.',
});
