import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { analyzeCode } from '../../../scripts/check-package/analyze-code.ts';

const PROJECT = join(import.meta.dirname, '../../..');
const LIMIT_IN_MILLISECONDS = 60_000;

let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'analyze-code-'));
  cpSync(join(PROJECT, 'force-app'), join(copy, 'force-app'), { recursive: true });
});
afterAll(() => rmSync(copy, { recursive: true }));

function plant(file: string, text: string): void {
  const path = join(copy, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

test(
  'Code Analyzer finds nothing in the package',
  async () => {
    expect(await analyzeCode(PROJECT)).toEqual([]);
  },
  LIMIT_IN_MILLISECONDS,
);

test(
  'Code Analyzer finds an outdated API version, a biased term and a library with known holes',
  async () => {
    const component = 'force-app/main/default/lwc/upflowOld/upflowOld';
    plant(
      `${component}.js-meta.xml`,
      '<LightningComponentBundle xmlns="http://soap.sforce.com/2006/04/metadata">\n<apiVersion>40.0</apiVersion></LightningComponentBundle>',
    );
    plant(`${component}.js`, 'export const whitelist = [];\n');
    // What the rule knows jQuery by is the first line of its file.
    plant(
      'force-app/main/default/lwc/upflowOld/jquery.js',
      '/*! jQuery v1.11.0 | (c) 2005, 2014 jQuery Foundation, Inc. | jquery.org/license */\n',
    );
    const found = (await analyzeCode(copy)).map(({ file, line, rule }) => ({ file, line, rule }));
    expect(found).toContainEqual({
      file: `${component}.js-meta.xml`,
      line: 2,
      rule: 'analyzer/AvoidOldSalesforceApiVersions',
    });
    expect(found).toContainEqual({
      file: `${component}.js`,
      line: 1,
      rule: 'analyzer/AvoidTermsWithImplicitBias',
    });
    expect(found.map(({ rule }) => rule)).toContain('analyzer/LibraryWithKnownMediumSeverityVulnerability');
  },
  LIMIT_IN_MILLISECONDS,
);
