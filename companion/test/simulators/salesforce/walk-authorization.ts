/** Where a walk through the sign-in pages ended: at the app's callback, or on a page that goes nowhere. */
export interface WalkEnd {
  callback: URL | null;
  /** The addresses of all pages that were shown, without the host. */
  pages: string[];
  html: string;
}

export interface WalkOptions {
  username: string;
  decision?: 'allow' | 'deny';
  /** Cookies, kept from walk to walk as a browser would. */
  jar?: Map<string, string>;
  redirectUri?: string;
}

const MAX_STEPS = 10;

/** Walks login and consent as a browser without JavaScript would: follows redirections and sends the forms. */
export async function walkAuthorization(start: string, options: WalkOptions): Promise<WalkEnd> {
  const { username, decision = 'allow', jar = new Map<string, string>() } = options;
  const pages: string[] = [];
  const seen = new Set<string>();
  let request: { url: string; form?: URLSearchParams } = { url: start };
  for (let step = 0; step < MAX_STEPS; step += 1) {
    if (new URL(request.url).origin !== new URL(start).origin) {
      return { callback: new URL(request.url), pages, html: '' };
    }
    const reply = await send(request, jar);
    const location = reply.headers.get('location');
    if (location !== null) {
      request = { url: new URL(location, request.url).href };
      continue;
    }
    const html = await reply.text();
    const { pathname, search } = new URL(request.url);
    pages.push(pathname);
    const form = readForm(html, { username, decision });
    // A page that comes back after its form was sent is the end: it has refused what it was sent.
    if (form === null || seen.has(pathname)) return { callback: null, pages: [...pages, search], html };
    seen.add(pathname);
    request = { url: new URL(form.action, request.url).href, form: form.fields };
  }
  throw new Error(`No end after ${MAX_STEPS} steps: ${pages.join(', ')}`);
}

async function send(
  { url, form }: { url: string; form?: URLSearchParams },
  jar: Map<string, string>,
): Promise<Response> {
  const cookie = [...jar].map((pair) => pair.join('=')).join('; ');
  const init = { redirect: 'manual', headers: { cookie } } as const;
  const reply = await fetch(url, form === undefined ? init : { ...init, method: 'POST', body: form });
  for (const line of reply.headers.getSetCookie()) {
    const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
    jar.set(name, value);
  }
  return reply;
}

function readForm(
  html: string,
  choice: { username: string; decision: string },
): { action: string; fields: URLSearchParams } | null {
  const action = /<form method="post" action="([^"]+)"/.exec(html)?.[1];
  if (action === undefined) return null;
  const fields = new URLSearchParams();
  for (const [, name = '', value = ''] of html.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)) {
    fields.set(
      name,
      value.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))),
    );
  }
  if (html.includes('name="username"')) fields.set('username', choice.username);
  else fields.set('decision', choice.decision);
  return { action, fields };
}
