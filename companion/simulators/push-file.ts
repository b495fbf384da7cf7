// `npm run push -- FILE`: signs the push in a JSON file and sends it to a companion.
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { readSecret } from '../src/export/2-verify.ts';
import { DEMO_CONNECTION_ID } from './keep-demo-secrets.ts';
import { sendPush } from './upflow/send-pushes.ts';

interface PushOptions {
  url: string;
  connection: string;
  secret?: string;
  id: string;
}

await new Command('push')
  .description(
    'Sign the push in a JSON file and send it to a companion; by default to the demo on this machine',
  )
  .argument('<file>', 'JSON file with type and data, such as docs/examples/customer-updated.json')
  .option('--url <url>', 'address of the companion', `http://127.0.0.1:${process.env.PORT || '3000'}`)
  .option('--connection <id>', 'id of the connection', DEMO_CONNECTION_ID)
  .option('--secret <secret>', 'push secret, whsec_…; the demo knows its own')
  .option('--id <id>', 'id of the push; the same id has no second effect', `push_${randomUUID()}`)
  .action(async (file: string, options: PushOptions) => {
    if (!URL.canParse(options.url))
      fail(`--url ${options.url} is not an address such as http://127.0.0.1:3000.`);
    const url = `${options.url}/v1/connections/${options.connection}/pushes`;
    const secret = options.secret ?? readDemoSecret();
    checkSecret(secret);
    const answer = await sendPush({ id: options.id, body: readBody(file) }, { url, secret });
    if (answer === undefined) fail(`No companion answers at ${options.url}. Is it running?`);
    console.log(`${answer.status} ${await answer.text()}`);
    if (answer.status !== 202) process.exit(1);
  })
  .parseAsync();

/** A push without a timestamp is made now, so that a file can be sent again and again. */
function readBody(file: string): string {
  const path = resolve(process.env.INIT_CWD ?? '.', file);
  if (!existsSync(path) || statSync(path).isDirectory()) fail(`There is no file ${path}.`);
  const text = readFileSync(path, 'utf8');
  const push = parseObject(text);
  // A file that is sent as it stands, also when it is no push at all: the companion says what is wrong with it.
  return push === undefined || 'timestamp' in push
    ? text
    : JSON.stringify({ timestamp: new Date(), ...push });
}

function parseObject(text: string): object | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

function checkSecret(secret: string): void {
  try {
    readSecret(secret);
  } catch (error) {
    fail(`--secret ${(error as Error).message}.`);
  }
}

function readDemoSecret(): string {
  const directory = resolve(process.env.DATA_DIR || join(import.meta.dirname, '../../.data'));
  const file = join(directory, 'demo-secrets.json');
  if (!existsSync(file)) fail('Give the push secret with --secret, or start the demo with npm start first.');
  return (JSON.parse(readFileSync(file, 'utf8')) as { pushSecret: string }).pushSecret;
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
