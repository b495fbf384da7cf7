import { createTransport } from 'nodemailer';
import type { Config } from '../config.ts';
import { DeliveryFailed } from './send-webhook.ts';
import type { Mail } from './write-message.ts';

const STEP_TIMEOUT_IN_MS = 10_000;

export interface OutgoingMail extends Mail {
  /** Stays the same over attempts. */
  id: string;
  to: readonly string[];
}

/** @throws {DeliveryFailed} when the mail server does not take it */
export async function sendMail(settings: Config['mail'], { id, to, ...mail }: OutgoingMail): Promise<void> {
  if (settings === undefined)
    throw new DeliveryFailed('No mail server is set up: SMTP_URL and MAIL_FROM are needed.');
  const { smtpUrl, from } = settings;
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: STEP_TIMEOUT_IN_MS,
    greetingTimeout: STEP_TIMEOUT_IN_MS,
    socketTimeout: STEP_TIMEOUT_IN_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({
      ...mail,
      from,
      to: [...to],
      messageId: `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`,
      headers: { 'auto-submitted': 'auto-generated' },
    });
  } catch (error) {
    const { code, responseCode } = error as { code?: string; responseCode?: number };
    throw new DeliveryFailed(
      `The mail server did not take the message (${[code, responseCode].filter(Boolean).join(' ')}).`,
    );
  } finally {
    transport.close();
  }
}
