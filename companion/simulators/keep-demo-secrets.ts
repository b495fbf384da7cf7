import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { newSealingKey } from '../src/connect/seal.ts';
import { makeApiKeys } from './upflow/api-keys.ts';

/** The connection that the demo comes with. */
export const DEMO_CONNECTION_ID = 'demo';

export interface DemoSecrets {
  /** `whsec_…`, shared by the Upflow simulator and the companion. */
  pushSecret: string;
  /** Opens the companion's API for the demo connection. */
  apiToken: string;
  /** For a companion on a database server; the embedded one keeps its own. */
  encryptionKeys: string;
  /** What opens the API of the Upflow simulator. */
  upflowApiKey: string;
  upflowApiSecret: string;
}

type Given = { [Name in keyof Omit<DemoSecrets, 'encryptionKeys'>]?: string | undefined };

/** The demo's secrets: those given, or those made at the first start and kept in a file that only its owner reads. */
export function keepDemoSecrets(file: string, given: Given): DemoSecrets {
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<DemoSecrets>) : {};
  const { apiKey, apiSecret } = makeApiKeys({
    apiKey: given.upflowApiKey || kept.upflowApiKey,
    apiSecret: given.upflowApiSecret || kept.upflowApiSecret,
  });
  const secrets = {
    pushSecret: given.pushSecret || kept.pushSecret || `whsec_${randomBytes(32).toString('base64')}`,
    apiToken: given.apiToken || kept.apiToken || randomBytes(32).toString('base64url'),
    encryptionKeys: kept.encryptionKeys || newSealingKey('demo'),
    upflowApiKey: apiKey,
    upflowApiSecret: apiSecret,
  };
  writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
}
