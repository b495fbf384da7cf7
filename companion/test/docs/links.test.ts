import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from '@jest/globals';
import { pictures } from '../../../scripts/pictures/pictures.ts';
import { consoleSteps } from '../support/console-walk/console-steps.ts';
import { pageSteps } from '../support/console-walk/page-steps.ts';

const PROJECT = join(import.meta.dirname, '../../..');
const MAX_PICTURE_BYTES = 200_000;
const pages = globSync(['*.md', 'docs/**/*.md'], { cwd: PROJECT });

const read = (page: string): string => readFileSync(join(PROJECT, page), 'utf8');

/** The targets of a page's links and pictures within the project, from its root; `#part` stays at the end. */
function listTargets(page: string): string[] {
  const links = [...read(page).matchAll(/\]\(([^)\s]+)\)|<img[^>]* src="([^"]+)"/g)];
  return links
    .map(([, link, source]) => link ?? source ?? '')
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => (target.startsWith('#') ? page + target : normalize(join(dirname(page), target))));
}

/** The anchors that headings get: small letters and hyphens, no other signs. */
const listAnchors = (page: string): string[] =>
  [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

function isThere(target: string): boolean {
  const [path = '', anchor] = target.split('#');
  if (!existsSync(join(PROJECT, path))) return false;
  return anchor === undefined || listAnchors(path).includes(anchor);
}

test.each(pages)('every link and picture of %s leads somewhere', (page) => {
  expect(listTargets(page).filter((target) => !isThere(target))).toEqual([]);
});

test('every picture can be taken anew, is shown on a page, and loads quickly', () => {
  const files = globSync('docs/images/*', { cwd: PROJECT }).sort();
  const shown = pages.flatMap(listTargets);
  const taken = [
    ...pictures.map(({ file }) => file),
    ...[...consoleSteps, ...pageSteps].map(({ name }) => `console-${name}.png`),
  ];
  expect(files).toEqual(taken.map((file) => `docs/images/${file}`).sort());
  expect(files.filter((file) => !shown.includes(file))).toEqual([]);
  expect(files.filter((file) => statSync(join(PROJECT, file)).size > MAX_PICTURE_BYTES)).toEqual([]);
});
