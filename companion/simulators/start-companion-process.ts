import { fork, type ChildProcess } from 'node:child_process';
import { fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '../src/main.ts');

export interface CompanionProcess {
  url: string;
  /** Opens the console once; null where nobody signs in that way. */
  consoleLink: string | null;
  stop: () => Promise<void>;
}

/**
 * Starts the companion as a process of its own, which writes its log to a file.
 *
 * @param settings environment variables on top of ours
 * @throws {Error} with what the companion said when it could not start
 */
export async function startCompanionProcess(
  logFile: string,
  settings: Record<string, string | undefined>,
): Promise<CompanionProcess> {
  const log = openSync(logFile, 'a');
  const logStart = fstatSync(log).size;
  const child = fork(MAIN, { stdio: ['ignore', log, log, 'ipc'], env: { ...process.env, ...settings } });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const { url, consoleLink } = await readAddress(child, () => readLastWords(logFile, logStart));
  return {
    url,
    consoleLink: consoleLink ?? null,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

interface Address {
  url: string;
  consoleLink?: string;
}

function readAddress(child: ChildProcess, lastWords: () => string): Promise<Address> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as Address));
    child.once('exit', () => reject(new Error(`the companion stopped at once: ${lastWords()}`)));
  });
}

/** What the companion wrote before it stopped: plain text about its settings, or a last line of its log. */
function readLastWords(logFile: string, start: number): string {
  const text = readFileSync(logFile).subarray(start).toString('utf8').trim();
  try {
    const { err, msg } = JSON.parse(text.split('\n').at(-1) ?? '') as {
      err?: { message?: string };
      msg: string;
    };
    return err?.message ?? msg;
  } catch {
    return text;
  }
}
