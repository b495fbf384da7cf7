import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { checkPackage } from '../../../scripts/check-package/check-package.ts';
import { builderOptions } from './planted-faults/in-builder-options.ts';
import { components } from './planted-faults/in-components.ts';
import { contents } from './planted-faults/in-contents.ts';
import { dashboards } from './planted-faults/in-dashboards.ts';
import { fields } from './planted-faults/in-fields.ts';
import { files } from './planted-faults/in-files.ts';
import { grants } from './planted-faults/in-grants.ts';
import { installation } from './planted-faults/in-installation.ts';
import { limits } from './planted-faults/in-limits.ts';
import { metadata } from './planted-faults/in-metadata.ts';
import { references } from './planted-faults/in-references.ts';
import { texts } from './planted-faults/in-texts.ts';
import type { PlantedFault } from './planted-faults/planted-fault.ts';

const PROJECT = join(import.meta.dirname, '../../..');
const AREAS = {
  files,
  metadata,
  fields,
  grants,
  texts,
  components,
  references,
  dashboards,
  installation,
  builderOptions,
  limits,
  contents,
};
const COPIED = [
  'force-app',
  'sfdx-project.json',
  'config/scratch-org.json',
  'config/prettier.json',
  'docs/report-fields.md',
];

let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'upflow-package-'));
  for (const path of COPIED) cpSync(join(PROJECT, path), join(copy, path), { recursive: true });
});
afterAll(() => rmSync(copy, { recursive: true }));

const locate = (file: string): string =>
  file.startsWith('/') ? join(copy, file) : join(copy, 'force-app/main/default', file);

/** Makes one mistake, checks, and makes it good again. */
async function checkWith({ file, from, to }: PlantedFault): Promise<string[]> {
  const path = locate(file);
  const before = existsSync(path) ? readFileSync(path, 'utf8') : null;
  const after = from === null ? to : replace(before ?? '', from, to ?? '');
  if (after === null) rmSync(path);
  else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, after);
  }
  try {
    return (await checkPackage(copy)).map(({ rule }) => rule);
  } finally {
    if (before === null) rmSync(path);
    else writeFileSync(path, before);
  }
}

function replace(text: string, from: string, to: string): string {
  const changed = text.includes(from)
    ? text.replaceAll(from, () => to)
    : text.replace(new RegExp(from), () => to);
  if (changed === text) throw new Error(`The file does not have ${from}: the fault would not be planted.`);
  return changed;
}

test('the package as it is has no faults', async () => {
  expect(await checkPackage(PROJECT)).toEqual([]);
}, 60_000);

describe.each(Object.entries(AREAS))('in %s', (_area, faults) => {
  test.each(faults)(
    '$name is found',
    async (fault) => {
      expect(await checkWith(fault)).toContain(fault.rule);
    },
    30_000,
  );
});
