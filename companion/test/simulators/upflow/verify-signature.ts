import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';

/** @returns which of the secrets signed a push */
export async function verifySignature(req: IncomingMessage, secrets: readonly string[]): Promise<string> {
  const body = await text(req);
  const headers = Object.fromEntries(
    Object.entries(req.headers).map(([name, value]) => [name, String(value)]),
  );
  const signer = secrets.find((secret) => isSignedWith(secret, body, headers));
  return signer ?? 'nobody';
}

function isSignedWith(secret: string, body: string, headers: Record<string, string>): boolean {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
}
