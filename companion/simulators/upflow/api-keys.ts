import { randomBytes } from 'node:crypto';

/** What opens Upflow's API for one organization. */
export interface ApiKeys {
  apiKey: string;
  apiSecret: string;
}

/** A new pair, the parts that are given already being kept. */
export function makeApiKeys(given: { apiKey?: string | undefined; apiSecret?: string | undefined }): ApiKeys {
  return {
    apiKey: given.apiKey || randomBytes(16).toString('hex'),
    apiSecret: given.apiSecret || randomBytes(32).toString('base64url'),
  };
}
