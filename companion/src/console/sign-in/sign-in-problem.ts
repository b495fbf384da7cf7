import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import * as openId from 'openid-client';
import { sendProblem, type Problem } from '../../problem.ts';

/** Why nobody was signed in, for whoever tried. */
export const SIGN_IN_PROBLEMS = {
  'not-on-a-list': {
    status: 403,
    title: 'You may not use this console',
    detail:
      'Your sign-in worked, but you are neither among its admins nor among its viewers. Ask whoever runs this ' +
      'companion to add you.',
  },
  cancelled: {
    status: 403,
    title: 'You were not signed in',
    detail: 'The sign-in was cancelled or refused on the page of your organization. Try again.',
  },
  'sign-in-expired': {
    status: 400,
    title: 'This sign-in is over',
    detail:
      'It was begun too long ago, in another browser, or was finished already. Begin again from the console.',
  },
  'sign-in-failed': {
    status: 502,
    title: 'The sign-in could not be finished',
    detail:
      'The answer of the sign-in service is not one that can be trusted, or none came. Try again; if it stays, tell ' +
      'whoever runs this companion.',
  },
} satisfies Record<string, Omit<Problem, 'code'>>;

export type SignInProblem = keyof typeof SIGN_IN_PROBLEMS;

/** What a failure at the provider means. */
export function judgeFailure(error: unknown): SignInProblem {
  return error instanceof openId.AuthorizationResponseError ? 'cancelled' : 'sign-in-failed';
}

/** For the log: the codes of a failure at the provider, nothing that it quotes. */
export function describeFailure(error: unknown): { code: string | undefined; answer: string | undefined } {
  const { code, error: answer } = error as { code?: unknown; error?: unknown };
  return {
    code: typeof code === 'string' ? code : undefined,
    answer: typeof answer === 'string' && /^[a-z_]{1,60}$/.test(answer) ? answer : undefined,
  };
}

const STYLE = `body { margin: 15vh auto; max-width: 34rem; padding: 0 1.5rem; font: 1rem/1.5 system-ui, sans-serif;
color: #181818; background: #f3f3f3; } a { color: #0b5cab; }`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** A page for people, a problem document for programs. */
export function showSignInProblem(req: Request, res: Response, code: SignInProblem): void {
  const problem = { code, ...SIGN_IN_PROBLEMS[code] };
  if (req.accepts(['json', 'html']) !== 'html') return sendProblem(res, problem);
  res
    .status(problem.status)
    .set(
      'content-security-policy',
      `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; frame-ancestors 'none'`,
    )
    .type('html')
    .send(renderPage(problem));
}

function renderPage({ title, detail }: Pick<Problem, 'title' | 'detail'>): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title}</title>
    <style>${STYLE}</style>
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      <p>${detail}</p>
      <p><a href="/console/">Back to the console</a></p>
    </main>
  </body>
</html>
`;
}
