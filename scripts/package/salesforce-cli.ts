import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { listRefusals } from './list-refusals.ts';

/** What a command of the Salesforce CLI came to. */
export type CliOutcome = { ok: true; result: unknown } | { ok: false; name: string; message: string };

/** Runs a command of the Salesforce CLI, given as its arguments. */
export type RunCli = (args: readonly string[]) => Promise<CliOutcome>;

const cli = fileURLToPath(new URL('../../node_modules/@salesforce/cli/bin/run.js', import.meta.url));

const answerShape = z.union([
  z.object({ status: z.literal(0), result: z.unknown() }),
  z.object({ name: z.string(), message: z.string() }),
  // A command that did its work, and tells in its result what of it an org refused.
  z.object({ status: z.number(), result: z.unknown() }),
]);

/** Runs the CLI that the project pins, and reads its JSON. Never rejects: what goes wrong is in the outcome. */
export const runCli: RunCli = async (args) => {
  return readAnswer(await collectOutput([...args, '--json']));
};

/** What the JSON that the CLI printed says. */
export function readAnswer(text: string): CliOutcome {
  const answer = answerShape.safeParse(parse(text));
  const unreadable: CliOutcome = { ok: false, name: 'UnreadableAnswer', message: text.trim().slice(-500) };
  if (!answer.success) return unreadable;
  if ('name' in answer.data) return { ok: false, name: answer.data.name, message: answer.data.message };
  const { status, result } = answer.data;
  if (status === 0) return { ok: true, result };
  const refusals = listRefusals(result);
  return refusals.length === 0 ? unreadable : { ok: false, name: 'Refused', message: refusals.join('; ') };
}

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
