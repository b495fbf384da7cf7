import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** What a command of the Salesforce CLI came to. */
export type CliOutcome = { ok: true; result: unknown } | { ok: false; name: string; message: string };

/** Runs a command of the Salesforce CLI, given as its arguments. */
export type RunCli = (args: readonly string[]) => Promise<CliOutcome>;

const cli = fileURLToPath(new URL('../../node_modules/@salesforce/cli/bin/run.js', import.meta.url));

const answerShape = z.union([
  z.object({ status: z.literal(0), result: z.unknown() }),
  z.object({ name: z.string(), message: z.string() }),
]);

/** Runs the CLI that the project pins, and reads its JSON. Never rejects: what goes wrong is in the outcome. */
export const runCli: RunCli = async (args) => {
  const text = await collectOutput([...args, '--json']);
  const answer = answerShape.safeParse(parse(text));
  if (!answer.success) return { ok: false, name: 'UnreadableAnswer', message: text.trim().slice(-500) };
  if ('status' in answer.data) return { ok: true, result: answer.data.result };
  return { ok: false, ...answer.data };
};

function collectOutput(args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    child.on('error', (error) => resolve(error.message));
    child.on('close', () => resolve(output));
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
