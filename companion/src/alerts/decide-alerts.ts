import type { ConnectionState } from '../connect/connection.ts';
import type { Reason } from '../outcome.ts';

/** `state`: the connection is not connected. `held`: Salesforce fails for long. `failures`: too many customers fail. */
export type AlertKind = 'state' | 'held' | 'failures';

/** What a message says: ids, codes, counts and what to do. No names, no amounts, nothing that Salesforce said. */
export interface AlertAbout {
  explanation: string;
  action: string;
  state?: ConnectionState;
  /** Customers that fail. */
  count?: number;
}

export interface Trouble {
  kind: AlertKind;
  /** Trouble with the same kind and code is the same trouble. */
  code: string;
  about: AlertAbout;
  /** Whether it is bad enough to be told, should it not have been; one that was told may be a little better. */
  isNew: boolean;
  /** Whether it is told again while it lasts: not what a person did on purpose. */
  isReminded: boolean;
}

export interface OpenAlert {
  id: string;
  kind: AlertKind;
  code: string;
  toldAt: Date;
  about: AlertAbout;
}

/** How a connection stands. */
export interface Standing {
  state: ConnectionState;
  stateReason: Reason | null;
  /** Whether it was ever connected. */
  hasOrganization: boolean;
  /** Failed calls to Salesforce in a row. */
  holdFailures: number;
  holdReason: Reason | null;
  failures: readonly { code: string; count: number; recent: number; reason: Reason }[];
  /** Customers that must fail before it is told; null tells nothing of failures. */
  failureThreshold: number | null;
}

export interface AlertChanges {
  open: Trouble[];
  remind: OpenAlert[];
  resolve: (OpenAlert & { isTold: boolean })[];
}

/** Failed calls in a row, each after a longer wait, that make about ten minutes. */
const HOLD_FAILURES_TOLD = 10;

const REMINDER_AFTER_IN_MS = 24 * 3_600_000;

/** Failures of many reasons, none of which alone is frequent enough. */
const SEVERAL = 'several-reasons';

const ON_PURPOSE: Partial<Record<ConnectionState, AlertAbout>> = {
  paused: {
    explanation: 'The export of this connection is paused. Pushes are kept.',
    action: 'Resume it in the console when it may go on.',
  },
  disconnected: {
    explanation: 'This connection is no longer connected to Salesforce. Pushes are kept.',
    action: 'Connect it again in the console when it may go on.',
  },
};

/** Lists what is wrong with a connection now. */
export function findTroubles(standing: Standing): Trouble[] {
  return [...findStateTrouble(standing), ...findHold(standing), ...findFailures(standing)];
}

function findStateTrouble({ state, stateReason, hasOrganization }: Standing): Trouble[] {
  if (state === 'connected' || (state === 'disconnected' && !hasOrganization)) return [];
  const onPurpose = ON_PURPOSE[state];
  const code = onPurpose === undefined ? (stateReason?.code ?? state) : state;
  const about = onPurpose ?? {
    explanation: stateReason?.explanation ?? 'Salesforce refuses the connection. Pushes are kept.',
    action: stateReason?.action ?? 'Connect it again in the console.',
  };
  return [
    {
      kind: 'state',
      code,
      about: { ...about, state },
      isNew: true,
      isReminded: onPurpose === undefined,
    },
  ];
}

function findHold({ state, holdFailures, holdReason }: Standing): Trouble[] {
  if (state !== 'connected' || holdReason === null || holdFailures === 0) return [];
  const { code, explanation, action } = holdReason;
  return [
    {
      kind: 'held',
      code,
      about: { explanation, action },
      isNew: holdFailures >= HOLD_FAILURES_TOLD,
      isReminded: true,
    },
  ];
}

function findFailures({ failures, failureThreshold: threshold }: Standing): Trouble[] {
  if (threshold === null) return [];
  const single = failures
    .filter(({ count }) => count >= threshold)
    .map(({ code, count, recent, reason: { explanation, action } }) => ({
      code,
      about: { explanation, action, count },
      isNew: recent >= threshold,
    }));
  const sum = (of: 'count' | 'recent') => failures.reduce((total, failure) => total + failure[of], 0);
  const several = {
    code: SEVERAL,
    about: {
      explanation: 'Customers wait for a person, for several reasons.',
      action: 'Look at the failures in the console; each says what to do.',
      count: sum('count'),
    },
    isNew: sum('recent') >= threshold,
  };
  const found = single.length > 0 || sum('count') < threshold ? single : [several];
  return found.map((trouble) => ({ kind: 'failures', isReminded: true, ...trouble }));
}

/** Decides what to tell: each trouble once, once more a day while it lasts, and once when it is over. */
export function decideAlerts(
  troubles: readonly Trouble[],
  open: readonly OpenAlert[],
  now: Date,
): AlertChanges {
  const isSame = (a: { kind: string; code: string }, b: { kind: string; code: string }) =>
    a.kind === b.kind && a.code === b.code;
  const goesOn = (alert: OpenAlert) => troubles.find((trouble) => isSame(trouble, alert));
  return {
    open: troubles.filter((trouble) => trouble.isNew && !open.some((alert) => isSame(alert, trouble))),
    remind: open.flatMap((alert) => {
      const trouble = goesOn(alert);
      const isDue = now.getTime() - alert.toldAt.getTime() >= REMINDER_AFTER_IN_MS;
      return trouble?.isReminded === true && isDue ? [{ ...alert, about: trouble.about }] : [];
    }),
    resolve: open
      .filter((alert) => goesOn(alert) === undefined)
      .map((alert) => ({ ...alert, isTold: !isReplaced(alert, troubles) })),
  };
}

/** Whether other trouble took its place, so that "resolved" would mislead. */
function isReplaced({ kind, code }: OpenAlert, troubles: readonly Trouble[]): boolean {
  const hasState = troubles.some((trouble) => trouble.kind === 'state');
  const hasSame = troubles.some((trouble) => trouble.kind === kind && trouble.isNew);
  return kind === 'failures' ? code === SEVERAL && hasSame : hasState || hasSame;
}
