import { Router } from 'express';
import type { UserName } from '../org/sample-users.ts';
import type { BundleOptions } from './build-lightning-bundle.ts';
import { readWording } from './gallery/read-wording.ts';
import { renderGallery } from './gallery/render-gallery.ts';
import { readLightningPages } from './read-lightning-pages.ts';
import { readReader } from './reader.ts';
import { recordLayouts } from './record-layouts.ts';
import { renderAppPage } from './render-app-page.ts';
import { TABS } from './render-application.ts';
import { renderRecordPage } from './render-record-page.ts';
import { serveAssets } from './serve-assets.ts';

export interface LightningOptions extends BundleOptions {
  /** Signs one of the simulator's users in, for the page to call the API as. */
  openSession: (user: UserName) => { accessToken: string };
  /** The full name of a user. */
  nameUser?: (user: UserName) => string;
  /** Version in the API's addresses. */
  apiVersion?: string;
}

/** The pages that hold the package's real components: records, the package's own pages, and the gallery of all states. */
export function createLightningPages(options: LightningOptions): Router {
  const {
    openSession,
    nameUser = (user: UserName) => user,
    apiVersion = 'v66.0',
    packageDirectory,
  } = options;
  const router = Router();
  router.use('/lightning/assets', serveAssets(options));

  for (const layout of recordLayouts) {
    router.get(`/lightning/r/${layout.objectName}/:id/view`, (request, response) => {
      const reader = readReader(request.query, nameUser);
      const { accessToken } = openSession(reader.user);
      const own = readLightningPages(packageDirectory).find(
        ({ objectName }) => objectName === layout.objectName,
      );
      const components = own?.components ?? [];
      const page = { layout, recordId: request.params.id, accessToken, apiVersion, reader, components };
      response.type('html').send(renderRecordPage(page));
    });
  }
  for (const { label: tab, path } of TABS) {
    const page = readLightningPages(packageDirectory).find(({ name }) => path === `/lightning/n/${name}`);
    if (page === undefined) continue;
    router.get(path, (request, response) => {
      const reader = readReader(request.query, nameUser);
      const { accessToken } = openSession(reader.user);
      response.type('html').send(renderAppPage({ page, tab, reader, accessToken, apiVersion }));
    });
  }
  router.get('/lightning/upflow/gallery', (request, response) => {
    const { show } = request.query;
    const reader = readReader(request.query, nameUser);
    const wording = readWording(packageDirectory, reader.look.lang);
    response.type('html').send(renderGallery(reader, wording, typeof show === 'string' ? show : undefined));
  });
  return router;
}
