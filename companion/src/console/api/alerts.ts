import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AddressRefused } from '../../alerts/check-address.ts';
import { changeAlertSettings } from '../../alerts/change-settings.ts';
import { deliverAlerts } from '../../alerts/deliver-alerts.ts';
import { consoleOrigin, linkTo } from '../../alerts/write-message.ts';
import type { Services } from '../../services.ts';
import { addDeliveries, listDeliveries } from '../../store/alert-deliveries.ts';
import {
  channelsOf,
  NO_ALERTS,
  readAlertSettings,
  saveAlertSettings,
  type AlertSettings,
} from '../../store/alert-settings.ts';
import { recordAudit } from '../../store/audit.ts';
import { cursorTime, cutPage, nextPage, pageQuery, readCursor } from './page.ts';
import { ApiProblem, route, type ApiRoute } from './route.ts';
import { momentShape } from './shapes.ts';

const TAG = 'Alerts';
const ALERTS = '/v1/connections/:connectionId/alerts';

const settingsView = z.object({
  webhook: z
    .object({
      url: z.string(),
      on: z.boolean(),
      secretHint: z.string(),
      secret: z.string().optional().meta({ description: 'A new secret, `whsec_…`; shown this once' }),
    })
    .nullable(),
  mail: z.object({ to: z.array(z.string()), on: z.boolean() }).nullable(),
  failureThreshold: z.int().nullable(),
  failureWindowMinutes: z.int(),
});

const settingsBody = z.strictObject({
  webhook: z
    .strictObject({
      url: z.string().max(2000),
      on: z.boolean(),
      newSecret: z.boolean().optional().meta({ description: 'Makes a new secret in place of the old one' }),
    })
    .nullable(),
  mail: z.strictObject({ to: z.array(z.email().max(254)).min(1).max(10), on: z.boolean() }).nullable(),
  failureThreshold: z
    .int()
    .min(1)
    .max(1_000_000)
    .nullable()
    .meta({ description: 'Customers that must begin to fail within the window; null tells nothing of them' }),
  failureWindowMinutes: z.int().min(1).max(1440),
});

const attemptShape = z.object({
  channel: z.enum(['webhook', 'mail']),
  result: z.enum(['delivered', 'failed', 'dropped']).nullable(),
  problem: z.string().nullable(),
});

/** Where trouble is told, whether that works, and what was told. */
export function alertRoutes(services: Services): ApiRoute[] {
  const { config, database, sealer } = services;
  const { db } = database;
  const read = async (connectionId: string): Promise<AlertSettings> =>
    (await readAlertSettings(db, connectionId)) ?? { connectionId, ...NO_ALERTS };

  return [
    route({
      method: 'get',
      path: ALERTS,
      tag: TAG,
      summary: 'Ask where trouble is told',
      answer: settingsView,
      handle: async ({ connection }) => show(await read(connection.id)),
    }),
    route({
      method: 'put',
      path: ALERTS,
      tag: TAG,
      summary: 'Say where trouble is told',
      description:
        'Webhooks go to public https addresses, signed by the Standard Webhooks scheme. A webhook without a secret ' +
        'gets one; the answer shows it this once.',
      body: settingsBody,
      answer: settingsView,
      async handle({ connection, body, actor }) {
        if (body.mail?.on === true && config.mail === undefined) throw refuse('mail', NO_MAIL_SERVER);
        const rules = { allowPrivate: config.alertWebhookAllowPrivate };
        const changed = await changeAlertSettings(await read(connection.id), body, sealer, rules).catch(
          (error: unknown) => {
            throw error instanceof AddressRefused ? refuse('webhook.url', error.message) : error;
          },
        );
        await db.transaction().execute(async (trx) => {
          await saveAlertSettings(trx, changed.settings);
          await recordAudit(trx, {
            connectionId: connection.id,
            actor: actor.name,
            action: 'alerts changed',
            details: {
              channels: channelsOf(changed.settings),
              newSecret: changed.secret !== undefined,
              failureThreshold: body.failureThreshold,
              failureWindowMinutes: body.failureWindowMinutes,
            },
          });
        });
        return show(changed.settings, changed.secret);
      },
    }),
    route({
      method: 'post',
      path: `${ALERTS}/test`,
      tag: TAG,
      summary: 'Send a test on each way that is switched on',
      answer: z.object({ rows: z.array(attemptShape) }),
      async handle({ connection, actor }) {
        const channels = channelsOf(await read(connection.id));
        const deliveries = channels.map((channel) => ({
          id: randomUUID(),
          channel,
          message: {
            connectionId: connection.id,
            alertId: null,
            event: 'test' as const,
            kind: 'test' as const,
            code: 'test',
            at: new Date().toISOString(),
            explanation:
              'Somebody asked for this test in the console. Alerts of this connection arrive here.',
            action: 'Nothing is to be done.',
            link: linkTo(consoleOrigin(config), connection.id, 'test'),
          },
        }));
        await db.transaction().execute(async (trx) => {
          await addDeliveries(trx, deliveries);
          const details = { channels };
          const entry = { connectionId: connection.id, actor: actor.name, action: 'alerts tested', details };
          await recordAudit(trx, entry);
        });
        const ids = deliveries.map(({ id }) => id);
        return { rows: await deliverAlerts(services, ids) };
      },
    }),
    route({
      method: 'get',
      path: `${ALERTS}/history`,
      tag: TAG,
      summary: 'List what was told, newest first',
      query: z.object(pageQuery),
      answer: z.object({
        rows: z.array(
          attemptShape.extend({
            id: z.string(),
            event: z.string(),
            kind: z.string(),
            code: z.string(),
            createdAt: momentShape,
            attempts: z.int(),
            nextAttemptAt: momentShape.nullable(),
            endedAt: momentShape.nullable(),
          }),
        ),
        next: nextPage,
      }),
      async handle({ connection, query: { limit, after } }) {
        const place = readCursor(after, z.tuple([cursorTime, z.uuid()]));
        const rows = await listDeliveries(db, connection.id, limit + 1, place);
        const page = cutPage(rows, limit, (row) => [row.place, row.id]);
        return {
          rows: page.rows.map(({ message: { kind, code }, channel, ...row }) => ({
            ...row,
            channel: channel === 'mail' ? ('mail' as const) : ('webhook' as const),
            kind,
            code,
          })),
          next: page.next,
        };
      },
    }),
  ];
}

function show(settings: AlertSettings, secret?: string): z.input<typeof settingsView> {
  const { webhookUrl, webhookOn, webhookSecretHint, mailTo, mailOn } = settings;
  return {
    webhook:
      webhookUrl === null
        ? null
        : {
            url: webhookUrl,
            on: webhookOn,
            secretHint: webhookSecretHint ?? '',
            ...(secret === undefined ? {} : { secret }),
          },
    mail: mailTo.length === 0 ? null : { to: mailTo, on: mailOn },
    failureThreshold: settings.failureThreshold,
    failureWindowMinutes: settings.failureWindowMinutes,
  };
}

const NO_MAIL_SERVER =
  'No mail server is set up. Whoever runs this companion must set SMTP_URL and MAIL_FROM first.';

function refuse(field: string, problem: string): ApiProblem {
  return new ApiProblem({
    status: 422,
    code: 'invalid-request',
    title: 'The request does not fit',
    detail: `${field}: ${problem}`,
    extra: { errors: [{ field, problem }] },
  });
}
