import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig, type Config } from './config.ts';
import { loadSealer } from './connect/load-sealer.ts';
import { addressForBrowsers } from './start-companion.ts';

/** `npm run console-link`: asks the companion that runs here, with these settings, for a one-time link. */
try {
  console.log(await askForLink(readConfig(process.env)));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

async function askForLink({ host, port, database, sealingKeys }: Config): Promise<string> {
  const directory = 'directory' in database ? database.directory : undefined;
  if (sealingKeys.length === 0 && directory !== undefined && !existsSync(join(directory, 'encryption-keys')))
    throw new Error(`No companion has run with the data directory ${directory}. Set DATA_DIR as it has it.`);
  const [key] = loadSealer(sealingKeys, directory).derive('console links');
  const companion = addressForBrowsers(host, port);
  const answer = await fetch(`${companion}/v1/session/links`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    signal: AbortSignal.timeout(10_000),
  }).catch(() => {
    throw new Error(`No companion answers at ${companion}. Start it, or set HOST and PORT as it has them.`);
  });
  const body = (await answer.json()) as { url?: string; title?: string; detail?: string };
  if (body.url === undefined) throw new Error(`${body.title}: ${body.detail}`);
  return body.url;
}
