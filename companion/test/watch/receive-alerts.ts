import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface ReceivedHook {
  headers: Record<string, string>;
  text: string;
  type: string;
  data: Record<string, unknown>;
}

export interface AlertReceiver {
  hookUrl: string;
  smtpUrl: string;
  /** The status that webhooks are answered with. */
  answer: number;
  hooks: ReceivedHook[];
  /** As they came, headers and all. */
  mails: string[];
  close(): Promise<void>;
}

/** The other side of alerts: a web server and a mail server that keep what they get. */
export async function receiveAlerts(): Promise<AlertReceiver> {
  const hooks: ReceivedHook[] = [];
  const mails: string[] = [];
  const web = createServer((req, res) => {
    let text = '';
    req.on('data', (chunk: Buffer) => (text += chunk.toString()));
    req.on('end', () => {
      const { type, data } = JSON.parse(text) as Pick<ReceivedHook, 'type' | 'data'>;
      hooks.push({ headers: req.headers as Record<string, string>, text, type, data });
      res.writeHead(receiver.answer).end();
    });
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  const mail = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      let text = '';
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
      stream.on('end', () => {
        mails.push(text);
        done();
      });
    },
  });
  await new Promise<void>((resolve) => mail.listen(0, '127.0.0.1', resolve));
  const receiver: AlertReceiver = {
    hookUrl: `http://127.0.0.1:${(web.address() as AddressInfo).port}/hook`,
    smtpUrl: `smtp://127.0.0.1:${(mail.server.address() as AddressInfo).port}`,
    answer: 200,
    hooks,
    mails,
    async close() {
      web.close();
      web.closeAllConnections();
      await new Promise<void>((resolve) => mail.close(resolve));
    },
  };
  return receiver;
}
