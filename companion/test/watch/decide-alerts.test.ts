import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decideAlerts, findTroubles, type OpenAlert, type Standing } from '../../src/alerts/decide-alerts.ts';

const reason = (code: string) => ({ code, message: 'Anna owes 5', explanation: 'Because.', action: 'Do.' });
const well: Standing = {
  state: 'connected',
  stateReason: null,
  hasOrganization: true,
  holdFailures: 0,
  holdReason: null,
  failures: [],
  failureThreshold: 10,
};
const noon = new Date('2026-11-22T12:00:00Z');
const hoursLater = (hours: number) => new Date(noon.getTime() + hours * 3_600_000);

/** Follows a connection through time, as the job does. */
function follow(looks: { standing: Standing; at: Date }[]): string[] {
  let open: OpenAlert[] = [];
  const told: string[] = [];
  for (const { standing, at } of looks) {
    const changes = decideAlerts(findTroubles(standing), open, at);
    const gone = new Set(changes.resolve.map(({ id }) => id));
    const reminded = new Set(changes.remind.map(({ id }) => id));
    told.push(
      ...changes.resolve.flatMap(({ code, isTold }) => (isTold ? [`resolved ${code}`] : [])),
      ...changes.open.map(({ code }) => `opened ${code}`),
      ...changes.remind.map(({ code }) => `reminder ${code}`),
    );
    open = [
      ...open
        .filter(({ id }) => !gone.has(id))
        .map((alert) => (reminded.has(alert.id) ? { ...alert, toldAt: at } : alert)),
      ...changes.open.map((trouble) => ({ ...trouble, id: `${told.length} ${trouble.code}`, toldAt: at })),
    ];
  }
  return told;
}

const lost: Standing = { ...well, state: 'reconnect needed', stateReason: reason('invalid_grant') };
const failing = (count: number, recent: number, code = 'TOO_LONG'): Standing => ({
  ...well,
  failures: [{ code, count, recent, reason: reason(code) }],
});

test('trouble is told once, reminded of once a day, and once told to be over', () => {
  const looks = Array.from({ length: 50 }, (_, hour) => ({ standing: lost, at: hoursLater(hour) }));
  expect(follow([...looks, { standing: well, at: hoursLater(50) }])).toEqual([
    'opened invalid_grant',
    'reminder invalid_grant',
    'reminder invalid_grant',
    'resolved invalid_grant',
  ]);
});

test('another reason is other trouble, and the first one is not said to be resolved', () => {
  const other = { ...lost, stateReason: reason('wrong-organization') };
  expect(
    follow([
      { standing: lost, at: noon },
      { standing: other, at: noon },
      { standing: well, at: noon },
    ]),
  ).toEqual(['opened invalid_grant', 'opened wrong-organization', 'resolved wrong-organization']);
});

test('what a person did on purpose is told without reminders', () => {
  const paused: Standing = { ...well, state: 'paused' };
  expect(
    follow([
      { standing: paused, at: noon },
      { standing: paused, at: hoursLater(100) },
      { standing: well, at: hoursLater(101) },
    ]),
  ).toEqual(['opened paused', 'resolved paused']);
});

test('a connection that nobody connected yet is no trouble', () => {
  expect(
    follow([{ standing: { ...well, state: 'disconnected', hasOrganization: false }, at: noon }]),
  ).toEqual([]);
});

test('failures are told when enough of them are new, and over when few are left, not when they are old', () => {
  expect(
    follow([
      { standing: failing(9, 9), at: noon },
      { standing: failing(30, 9), at: noon },
      { standing: failing(30, 10), at: noon },
      { standing: failing(30, 0), at: hoursLater(2) },
      { standing: failing(9, 0), at: hoursLater(3) },
    ]),
  ).toEqual(['opened TOO_LONG', 'resolved TOO_LONG']);
  const off = { ...failing(500, 500), failureThreshold: null };
  expect(follow([{ standing: off, at: noon }])).toEqual([]);
});

test('many failures of many reasons are told together', () => {
  const failures = ['A', 'B', 'C'].map((code) => ({ code, count: 4, recent: 4, reason: reason(code) }));
  expect(follow([{ standing: { ...well, failures }, at: noon }])).toEqual(['opened several-reasons']);
});

test('Salesforce that fails for a moment is not told, and for long is', () => {
  const held = (holdFailures: number) => ({ ...well, holdFailures, holdReason: reason('network') });
  expect(follow([1, 5, 9].map((failures) => ({ standing: held(failures), at: noon })))).toEqual([]);
  expect(
    follow([
      { standing: held(10), at: noon },
      { standing: held(12), at: noon },
      { standing: well, at: noon },
    ]),
  ).toEqual(['opened network', 'resolved network']);
});

test('whatever happens, no trouble is opened twice without an end, nor ended without a beginning', () => {
  const standing = fc.record({
    state: fc.constantFrom('connected' as const, 'reconnect needed' as const, 'paused' as const),
    stateReason: fc.constantFrom(null, reason('a'), reason('b')),
    hasOrganization: fc.boolean(),
    holdFailures: fc.integer({ min: 0, max: 20 }),
    holdReason: fc.constantFrom(null, reason('x'), reason('y')),
    failures: fc.uniqueArray(
      fc
        .record({
          code: fc.constantFrom('f', 'g'),
          count: fc.integer({ min: 0, max: 30 }),
          share: fc.double({ min: 0, max: 1, noNaN: true }),
        })
        .map(({ code, count, share }) => ({
          code,
          count,
          recent: Math.floor(count * share),
          reason: reason(code),
        })),
      { selector: ({ code }) => code },
    ),
    failureThreshold: fc.constantFrom(null, 10),
  });
  fc.assert(
    fc.property(fc.array(standing, { maxLength: 30 }), (standings) => {
      const told = follow(standings.map((each, minute) => ({ standing: each, at: hoursLater(minute / 60) })));
      const open = new Set<string>();
      for (const line of told) {
        const [event, code = ''] = line.split(' ');
        if (event === 'resolved') expect(open.delete(code)).toBe(true);
        if (event === 'opened') open.add(code);
        expect(event).not.toBe('reminder');
      }
    }),
    { numRuns: 500 },
  );
});
