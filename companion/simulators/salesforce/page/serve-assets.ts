import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Response, Router, static as serveFolder } from 'express';
import { buildLightningBundle, type BundleOptions } from './build-lightning-bundle.ts';
import { PAGE_STYLES } from './page-styles.ts';

const require = createRequire(import.meta.url);
const slds1 = join(dirname(require.resolve('@salesforce-ux/design-system/package.json')), 'assets');
const slds2 = join(dirname(require.resolve('@salesforce-ux/design-system-2/package.json')), 'dist');

const ASSETS: Record<string, string> = {
  'slds1.css': join(slds1, 'styles/salesforce-lightning-design-system.min.css'),
  'slds2.css': join(slds2, 'css/bundled/slds2.cosmos.css'),
  ...Object.fromEntries(PAGE_STYLES.map((name) => [name, join(import.meta.dirname, 'browser/styles', name)])),
  'calls.js': join(import.meta.dirname, 'calls/browser/calls.js'),
};

/** What pages load: the built components, styles, icons. */
export function serveAssets(bundle: BundleOptions): Router {
  const router = Router();
  router.get('/lightning.js', async (_request, response: Response) => {
    try {
      const folder = await buildLightningBundle(bundle);
      response.sendFile('lightning.js', { root: folder, dotfiles: 'allow' });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      response.status(503).type('text').send(`The components could not be built: ${reason}`);
    }
  });
  for (const [name, path] of Object.entries(ASSETS)) {
    router.get(`/${name}`, (_request, response) => response.sendFile(path, { dotfiles: 'allow' }));
  }
  router.use(serveFolder(slds1, { index: false, dotfiles: 'allow' }));
  return router;
}
