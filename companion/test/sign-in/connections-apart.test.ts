import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { makeConnection, startConsole, type TestConsole } from '../support/start-console.ts';
import { plantRows } from '../support/plant-rows.ts';
import {
  addressOf,
  callRoute,
  guardedRoutes,
  SOME_ID,
  SOME_UUID,
  type RouteAnswer,
} from '../support/walk-routes.ts';

const TOKEN = 'the-api-token-of-acme-long-enough';
const CANARY = 'canary of the rival';
// Nobody listens there: what a route asks of Salesforce fails at once.
const NOWHERE = 'http://127.0.0.1:9';

let companion: TestConsole;
let planted: string[];
beforeAll(async () => {
  const salesforce = { origin: NOWHERE, clientId: 'client', clientSecret: 'secret' };
  companion = await startConsole({
    simulatorOrigin: NOWHERE,
    provisioned: [makeConnection('acme', { salesforce }), makeConnection('rival', { salesforce })],
  });
  planted = await plantRows(companion.services.database.db, 'rival', CANARY);
});
afterAll(() => companion.stop());

async function readAll(ids: readonly string[]): Promise<RouteAnswer[]> {
  const browser = companion.openBrowser();
  const answers: RouteAnswer[] = [];
  const reading = guardedRoutes(companion).filter(
    ({ method, path }) => method === 'get' && path.includes(':connectionId'),
  );
  for (const route of reading) {
    for (const id of ids) {
      const headers = { authorization: `Bearer ${TOKEN}` };
      answers.push(await callRoute(browser, route, addressOf(route, 'acme', id), headers));
    }
  }
  return answers;
}

const withText = (answers: RouteAnswer[], text: string) =>
  answers.filter((answer) => answer.text.includes(text)).map(({ route }) => route);

test('no answer about one connection holds anything of another', async () => {
  expect(planted).toEqual(
    expect.arrayContaining(['push', 'customer', 'account', 'audit', 'salesforce_session']),
  );
  const answers = await readAll([SOME_ID, SOME_UUID]);
  expect(answers.filter(({ status }) => status === 500)).toEqual([]);
  expect(withText(answers, CANARY)).toEqual([]);
});

test('no list of one connection holds the ids of another', async () => {
  const answers = await readAll(['an-id-that-nobody-has']);
  expect(answers.filter(({ status }) => status === 500)).toEqual([]);
  expect(withText(answers, SOME_ID)).toEqual([]);
  expect(withText(answers, SOME_UUID)).toEqual([]);
});
