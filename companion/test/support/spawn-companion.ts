import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '../../src/main.ts');

export interface CompanionProcess {
  url: string;
  /** As the companion tells the process that started it. */
  consoleLink: string | undefined;
  /** Ends it as a crash or the operating system would. @returns when it is gone */
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
}

/** Starts the companion as a process of its own. @throws when it stops before it listens */
export function spawnCompanion(environment: Record<string, string>): Promise<CompanionProcess> {
  const child = fork(MAIN, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
    // A test asks for more in a minute than anybody else.
    env: { PATH: process.env.PATH, PORT: '0', API_CALLS_PER_MINUTE: '1000000', ...environment },
  });
  const exited = exitOf(child);
  return new Promise((resolve, reject) => {
    child.once('message', (message) => {
      const { url, consoleLink } = message as { url: string; consoleLink?: string };
      const kill = (signal: 'SIGKILL' | 'SIGTERM') => {
        child.kill(signal);
        return exited;
      };
      resolve({ url, consoleLink, kill });
    });
    void exited.then((code) => reject(new Error(`the companion stopped at once with code ${code}`)));
  });
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', resolve));
}
