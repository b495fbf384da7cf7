import express, { Router } from 'express';
import helmet from 'helmet';
import swaggerUi from 'swagger-ui-dist';
import { describeApi } from './describe-api.ts';

/** `/openapi.json`, and a page at `/docs` that shows it. Everything the page loads comes from here. */
export function showApiDocs(): Router {
  const router = Router();
  const description = JSON.stringify(describeApi());
  router.get('/openapi.json', (_req, res) => {
    res.type('json').send(description);
  });
  router.use(
    '/docs',
    helmet({
      contentSecurityPolicy: {
        // Swagger UI sets style attributes and shows its icons as data addresses.
        directives: { 'style-src': ["'self'", "'unsafe-inline'"], 'img-src': ["'self'", 'data:'] },
      },
    }),
  );
  router.get('/docs', (_req, res) => {
    res.type('html').send(PAGE);
  });
  router.get('/docs/show.js', (_req, res) => {
    res.type('js').send(SHOW);
  });
  router.use('/docs', express.static(swaggerUi.getAbsoluteFSPath(), { index: false }));
  return router;
}

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Upflow companion for Salesforce: API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
    <link rel="icon" href="data:," />
  </head>
  <body>
    <main id="api"></main>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/show.js"></script>
  </body>
</html>
`;

const SHOW = `window.SwaggerUIBundle({ url: '/openapi.json', dom_id: '#api' });
`;
