import { execFile } from 'node:child_process';
import { join } from 'node:path';

const cli = join(import.meta.dirname, '../../../../node_modules/@salesforce/cli/bin/run.js');

/** How a command ended. */
export interface Run {
  code: number;
  stdout: string;
  stderr: string;
  /** What the command answers with --json. */
  json: { status?: number; result?: unknown; name?: string; message?: string };
}

/** Runs a command of the real Salesforce CLI, which knows nothing of this machine but a directory of its own. */
export function runSf(
  directory: string,
  args: string[],
  environment: Record<string, string> = {},
): Promise<Run> {
  const env = {
    PATH: process.env.PATH,
    HOME: directory,
    XDG_CONFIG_HOME: join(directory, 'config'),
    XDG_DATA_HOME: join(directory, 'data'),
    XDG_CACHE_HOME: join(directory, 'cache'),
    SF_DISABLE_TELEMETRY: 'true',
    SF_AUTOUPDATE_DISABLE: 'true',
    SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
    SF_SKIP_NEW_VERSION_CHECK: 'true',
    ...environment,
  };
  const options = { cwd: directory, env, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [cli, ...args], options, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, stdout, stderr, json: readJson(stdout) });
    });
  });
}

function readJson(stdout: string): Run['json'] {
  try {
    return JSON.parse(stdout) as Run['json'];
  } catch {
    return {};
  }
}
