import { execFile } from 'node:child_process';
import { cpSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
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

/** Converts the package's sources as a build would, in a folder that is removed afterwards. */
async function convert(
  settings: Record<string, string>,
  inspect: (output: string) => void,
  project = PROJECT_FOLDER,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'convert-source-'));
  try {
    const cli = join(PROJECT_FOLDER, 'node_modules/@salesforce/cli/bin/run.js');
    const output = join(folder, 'output');
    await run(process.execPath, [cli, 'project', 'convert', 'source', '-r', 'force-app', '-d', output], {
      cwd: project,
      env: { ...isolate(folder), ...settings },
      timeout: LIMIT_IN_MILLISECONDS,
    });
    inspect(output);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const buildSettings = {
  SF_APPLY_REPLACEMENTS_ON_CONVERT: 'true',
  UPFLOW_CONTACT_EMAIL: 'ops@example.com',
  UPFLOW_ORG_SCOPED_APP: '00D000000000001:Upflow_Connection',
  UPFLOW_OAUTH_LINK: '00D000000000001:888000000000001',
};

test(
  'Salesforce CLI converts the sources, and finds every component in them and nothing else',
  async () => {
    await convert({}, (output) => {
      const parser = new XMLParser({ isArray: (name) => ['types', 'members'].includes(name) });
      const manifest = parser.parse(readFileSync(join(output, 'package.xml'), 'utf8')) as Manifest;
      const found = Object.fromEntries(
        manifest.Package.types.map(({ name, members }) => [name, members.sort()]),
      );
      expect(found).toEqual({
        CompactLayout: ['Account.Upflow_Collection'],
        ContentAsset: ['Upflow_Logo'],
        CustomApplication: ['Upflow'],
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
        CustomObjectTranslation: ['Account-fr'],
        CustomTab: ['Upflow_Get_Started', 'Upflow_Overdue'],
        Dashboard: ['Upflow/', 'Upflow/Upflow_Collections'],
        ExternalClientApplication: ['Upflow_Connection'],
        ExtlClntAppOauthSettings: ['Upflow_Connection_OAuth'],
        FlexiPage: [
          'Upflow_Account_Record_Page',
          'Upflow_Get_Started',
          'Upflow_Opportunity_Record_Page',
          'Upflow_Overdue',
        ],
        LightningComponentBundle: [
          'upflowAccount',
          'upflowAccountPanel',
          'upflowAgeingBar',
          'upflowFormat',
          'upflowGetStarted',
          'upflowNotice',
          'upflowOverdueAccounts',
          'upflowOverdueAlert',
          'upflowPortalLink',
        ],
        ListView: [
          'Account.Upflow_My_Overdue_Accounts',
          'Account.Upflow_Needs_Attention',
          'Account.Upflow_Overdue_Accounts',
          'Account.Upflow_Paused_Collections',
          'Account.Upflow_Synced_Accounts',
        ],
        PermissionSet: ['Upflow_Admin', 'Upflow_Integration', 'Upflow_Viewer'],
        PermissionSetGroup: ['Upflow_Administration'],
        Report: [
          'Upflow/',
          'Upflow/Ageing_summary',
          'Upflow/Largest_balances',
          'Upflow/Needs_attention',
          'Upflow/Next_actions_this_week',
          'Upflow/Not_synced_since_yesterday',
          'Upflow/Overdue_by_owner',
          'Upflow/Overdue_with_open_opportunities',
          'Upflow/Paused_collections',
          'Upflow/Worst_payers_by_rating',
        ],
        ReportType: ['Accounts_with_Upflow_Collections', 'Opportunities_with_Upflow_Collections'],
        Translations: ['fr'],
      });
    });
  },
  LIMIT_IN_MILLISECONDS,
);

test(
  'neither tests nor secrets nor the policies of an org are packaged, even where somebody leaves them in the folder',
  async () => {
    const project = await mkdtemp(join(tmpdir(), 'convert-project-'));
    try {
      for (const path of ['force-app', 'sfdx-project.json', '.forceignore']) {
        cpSync(join(PROJECT_FOLDER, path), join(project, path), { recursive: true });
      }
      const left = [
        ['extlClntAppGlobalOauthSets/Upflow.ecaGlblOauth-meta.xml', 'ExtlClntAppGlobalOauthSettings'],
        ['extlClntAppOauthPolicies/Upflow.ecaOauthPlcy-meta.xml', 'ExtlClntAppOauthConfigurablePolicies'],
        ['extlClntAppPolicies/Upflow.ecaPlcy-meta.xml', 'ExtlClntAppConfigurablePolicies'],
      ] as const;
      for (const [path, type] of left) {
        const file = join(project, 'force-app/connection', path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(
          file,
          `<${type} xmlns="http://soap.sforce.com/2006/04/metadata"><label>Upflow</label></${type}>`,
        );
      }
      await convert(
        {},
        (output) => {
          const files = globSync('**/*', { cwd: output });
          expect(files.filter((file) => /__tests__|ecaGlblOauth|Plcy|\.md$/.test(file))).toEqual([]);
          expect(files.length).toBeGreaterThan(40);
        },
        project,
      );
    } finally {
      await rm(project, { recursive: true, force: true });
    }
  },
  LIMIT_IN_MILLISECONDS,
);

test(
  'a build fills in the app that connections use',
  async () => {
    await convert(buildSettings, (output) => {
      const app = globSync('**/*.{eca,ecaOauth}', { cwd: output }).map((file) =>
        readFileSync(join(output, file), 'utf8'),
      );
      expect(app).toHaveLength(2);
      const texts = app.join();
      expect(texts).toContain('<orgScopedExternalApp>00D000000000001:Upflow_Connection<');
      expect(texts).toContain('<oauthLink>00D000000000001:888000000000001<');
      expect(texts).toContain('<contactEmail>ops@example.com<');
      expect(texts).not.toContain('UPFLOW_');
    });
  },
  LIMIT_IN_MILLISECONDS,
);

test(
  'a build without them does not go through',
  async () => {
    const { UPFLOW_OAUTH_LINK: _missing, ...rest } = buildSettings;
    await expect(convert(rest, () => undefined)).rejects.toThrow();
  },
  LIMIT_IN_MILLISECONDS,
);
