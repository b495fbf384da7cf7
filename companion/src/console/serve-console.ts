import { Router, static as serveFolder } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { sendProblem } from '../problem.ts';
import { buildConsole } from './build-console.ts';

const ONE_YEAR_IN_MILLISECONDS = 365 * 24 * 60 * 60 * 1000;

export interface ConsoleOptions {
  /** Where the built console is kept; the repository's .cache when left out. */
  cacheDirectory?: string;
  log: Pick<Logger, 'error'>;
}

/**
 * The admin console's page and assets at /console, built when they are first asked for. A request waits for the build,
 * and one that finds it failed starts it again.
 */
export function serveConsole({ cacheDirectory, log }: ConsoleOptions): Router {
  const router = Router();
  const prepare = async () => {
    const folder = await buildConsole(cacheDirectory);
    return serveFolder(folder, {
      dotfiles: 'allow',
      setHeaders(response, path) {
        // Assets carry the hash of their content in their names; the page that names them must always be the newest.
        const isPage = path.endsWith('.html');
        response.set(
          'cache-control',
          isPage ? 'no-store' : `public, max-age=${ONE_YEAR_IN_MILLISECONDS / 1000}, immutable`,
        );
      },
    });
  };
  const begin = () => {
    const started = prepare();
    started.catch((error: unknown) => {
      log.error({ err: error }, 'console not built');
      serving = undefined;
    });
    return started;
  };
  let serving: ReturnType<typeof prepare> | undefined;

  router.use(
    '/console',
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          'default-src': ["'none'"],
          'script-src': ["'self'"],
          // LWC's synthetic shadow writes style elements, and components set style attributes.
          'style-src': ["'self'", "'unsafe-inline'"],
          'img-src': ["'self'", 'data:'],
          'font-src': ["'self'"],
          'connect-src': ["'self'"],
          'form-action': ["'self'"],
          'base-uri': ["'none'"],
          'frame-ancestors': ["'none'"],
        },
      },
      referrerPolicy: { policy: 'no-referrer' },
      xFrameOptions: { action: 'deny' },
    }),
    async (request, response, next) => {
      try {
        const serve = await (serving ??= begin());
        // One-time links lead to /console/sign-in: the page itself finds out what is wanted.
        if (request.path === '/sign-in') request.url = '/index.html';
        serve(request, response, next);
      } catch {
        sendProblem(response, {
          status: 503,
          code: 'console-not-built',
          title: 'The console could not be built',
          detail: 'The companion works, but its console could not be built. The log names the cause.',
        });
      }
    },
  );
  return router;
}
