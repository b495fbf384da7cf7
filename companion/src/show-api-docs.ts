import express, { Router } from 'express';
import helmet from 'helmet';
import findSwaggerUi from 'swagger-ui-dist/absolute-path.js';
import type { ApiRoute } from './console/api/route.ts';
import { describeApi } from './describe-api.ts';

/** `/openapi.json`, and a page at `/docs` that shows it. Everything the page loads comes from here. */
export function showApiDocs(routes: readonly ApiRoute[]): Router {
  const router = Router();
  // Made for the first who asks: at most starts of the companion nobody does.
  let description: string | undefined;
  router.get('/openapi.json', (_req, res) => {
    description ??= JSON.stringify(describeApi(routes));
    res.type('json').send(description);
  });
  router.use(
    '/docs',
    helmet.contentSecurityPolicy({
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        // Swagger UI sets style attributes and shows its icons as data addresses.
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:'],
        'object-src': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
      },
    }),
  );
  router.get('/docs', (_req, res) => {
    res.type('html').send(PAGE);
  });
  router.get('/docs/show.js', (_req, res) => {
    res.type('js').send(SHOW);
  });
  router.get('/docs/show.css', (_req, res) => {
    res.type('css').send(STYLE);
  });
  router.use('/docs', express.static(findSwaggerUi(), { index: false }));
  return router;
}

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Upflow companion for Salesforce: API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
    <link rel="stylesheet" href="/docs/show.css" />
    <link rel="icon" href="data:," />
  </head>
  <body>
    <div id="api"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/show.js"></script>
  </body>
</html>
`;

// Swagger UI skips a level between the title and the groups of operations, and leaves the title outside of all landmarks.
const SHOW = `window.SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#api',
  onComplete() {
    document.querySelector('.information-container').setAttribute('role', 'banner');
    for (const heading of document.querySelectorAll('.opblock-tag')) heading.setAttribute('aria-level', '2');
  },
});
`;

// Swagger UI's own colours are too pale to read for many people.
const STYLE = `.swagger-ui .info .title small { background: #51586a; }
.swagger-ui .info .title small.version-stamp { background: #3d6b00; }
.swagger-ui .info a, .swagger-ui .info .base-url { color: #0b5cab; }
.swagger-ui .opblock.opblock-post .opblock-summary-method { background: #1b6e45; }
.swagger-ui .opblock.opblock-get .opblock-summary-method { background: #1a5fb4; }
.swagger-ui .opblock.opblock-put .opblock-summary-method { background: #8a5000; }
.swagger-ui .opblock.opblock-patch .opblock-summary-method { background: #0b6b63; }
.swagger-ui .opblock.opblock-delete .opblock-summary-method { background: #b3261e; }
.swagger-ui .btn.authorize { border-color: #1b6e45; color: #1b6e45; }
.swagger-ui .btn.authorize svg { fill: #1b6e45; }
`;
