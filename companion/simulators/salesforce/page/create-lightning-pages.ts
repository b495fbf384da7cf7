import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Response, Router, static as serveFolder } from 'express';
import { buildLightningBundle, type BundleOptions } from './build-lightning-bundle.ts';
import { readLook } from './page-options.ts';
import { renderGallery } from './render-gallery.ts';
import { renderRecordPage } from './render-record-page.ts';

const require = createRequire(import.meta.url);
const slds1 = join(dirname(require.resolve('@salesforce-ux/design-system/package.json')), 'assets');
const slds2 = join(dirname(require.resolve('@salesforce-ux/design-system-2/package.json')), 'dist');

const ASSETS: Record<string, string> = {
  'slds1.css': join(slds1, 'styles/salesforce-lightning-design-system.min.css'),
  'slds2.css': join(slds2, 'css/bundled/slds2.cosmos.css'),
  'page.css': join(import.meta.dirname, 'browser/page.css'),
};

const USERS = ['rep', 'admin', 'integration'] as const;

export interface LightningOptions extends BundleOptions {
  /** Signs one of the simulator's users in, for the page to call the API as. */
  openSession: (user: (typeof USERS)[number]) => { accessToken: string };
  /** Version in the API's addresses. */
  apiVersion?: string;
}

/** The record pages of Lightning Experience, with the package's real components. */
export function createLightningPages(options: LightningOptions): Router {
  const { openSession, apiVersion = 'v66.0' } = options;
  const router = Router();

  router.get('/lightning/assets/lightning.js', async (_request, response: Response) => {
    try {
      const folder = await buildLightningBundle(options);
      response.sendFile('lightning.js', { root: folder, dotfiles: 'allow' });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      response.status(503).type('text').send(`The components could not be built: ${reason}`);
    }
  });
  for (const [name, path] of Object.entries(ASSETS)) {
    router.get(`/lightning/assets/${name}`, (_request, response) =>
      response.sendFile(path, { dotfiles: 'allow' }),
    );
  }
  router.use('/lightning/assets', serveFolder(slds1, { index: false, dotfiles: 'allow' }));

  router.get('/lightning/r/Account/:id/view', (request, response) => {
    const user = USERS.find((name) => name === request.query.user) ?? 'rep';
    const { accessToken } = openSession(user);
    const look = readLook(request.query);
    response
      .type('html')
      .send(renderRecordPage({ recordId: request.params.id, accessToken, apiVersion, user, look }));
  });
  router.get('/lightning/upflow/gallery', (request, response) => {
    const { state } = request.query;
    response
      .type('html')
      .send(renderGallery(readLook(request.query), typeof state === 'string' ? state : undefined));
  });
  return router;
}
