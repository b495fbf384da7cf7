import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { XMLParser } from 'fast-xml-parser';

const run = promisify(execFile);
const PROJECT_FOLDER = join(import.meta.dirname, '../../..');
const SOURCES = join(PROJECT_FOLDER, 'force-app/main/default');
const LIMIT_IN_MILLISECONDS = 90_000;

interface Manifest {
  Package: { types: { name: string; members: string[] }[] };
}

/** Everything that the command writes or phones stays in the folder or is off. */
const isolate = (folder: string) => ({
  ...process.env,
  HOME: folder,
  USERPROFILE: folder,
  XDG_DATA_HOME: folder,
  XDG_CONFIG_HOME: folder,
  XDG_CACHE_HOME: folder,
  SF_DISABLE_TELEMETRY: 'true',
  SF_AUTOUPDATE_DISABLE: 'true',
  SF_DISABLE_AUTOUPDATE: 'true',
  SF_SKIP_NEW_VERSION_CHECK: 'true',
  SF_DISABLE_LOG_FILE: 'true',
});

const listNames = (pattern: string, suffix: string) =>
  globSync(pattern, { cwd: SOURCES })
    .map((path) => basename(path).replace(suffix, ''))
    .sort();

test(
  'Salesforce CLI converts the sources, and finds every component in them',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'convert-source-'));
    try {
      const cli = join(PROJECT_FOLDER, 'node_modules/@salesforce/cli/bin/run.js');
      const output = join(folder, 'output');
      await run(process.execPath, [cli, 'project', 'convert', 'source', '-r', 'force-app', '-d', output], {
        cwd: PROJECT_FOLDER,
        env: isolate(folder),
        timeout: LIMIT_IN_MILLISECONDS,
      });
      const parser = new XMLParser({ isArray: (name) => ['types', 'members'].includes(name) });
      const manifest = parser.parse(readFileSync(join(output, 'package.xml'), 'utf8')) as Manifest;
      const found = Object.fromEntries(
        manifest.Package.types.map(({ name, members }) => [name, members.sort()]),
      );
      expect(found).toEqual({
        CustomField: listNames('objects/Account/fields/*.xml', '.field-meta.xml').map(
          (name) => `Account.${name}`,
        ),
        CustomLabel: [
          ...readFileSync(join(SOURCES, 'labels/CustomLabels.labels-meta.xml'), 'utf8').matchAll(
            /<fullName>(\w+)</g,
          ),
        ]
          .map(([, name]) => name)
          .sort(),
        CustomLabels: ['CustomLabels'],
        LightningComponentBundle: [
          'upflowAccount',
          'upflowAccountPanel',
          'upflowAgeingBar',
          'upflowFormat',
          'upflowNotice',
          'upflowPortalLink',
        ],
        PermissionSet: ['Upflow_Admin', 'Upflow_Integration', 'Upflow_Viewer'],
        Report: ['Upflow/', 'Upflow/Overdue_by_owner'],
        ReportType: ['Accounts_with_Upflow_Collections'],
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
  LIMIT_IN_MILLISECONDS,
);
