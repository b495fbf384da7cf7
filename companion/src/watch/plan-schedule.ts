import type { Activity } from '../store/activity.ts';
import type { DriftAudit, DriftSetting } from '../store/drift-audits.ts';
import type { TaskRun } from '../store/task-runs.ts';

export interface ScheduledTask {
  name: string;
  /** How often, in words. */
  every: string;
  lastAt: Date | null;
  nextAt: Date;
  /** `ok`, `running`, or the kind of the error; null when it never ran. */
  lastResult: string | null;
}

const MINUTE_IN_MS = 60_000;

/** The regular tasks, as `run-jobs.ts` schedules them: every so many minutes, from a minute of the hour on. */
const TASKS = [
  { name: 'alerts', every: '1 minute', minutes: 1, from: 0 },
  { name: 'rematch', every: '10 minutes', minutes: 10, from: 0 },
  { name: 'sweep', every: '10 minutes', minutes: 10, from: 5 },
  { name: 'import', every: '10 minutes', minutes: 10, from: 0 },
  { name: 'housekeeping', every: '1 hour', minutes: 60, from: 17 },
] as const;

/** When a regular task comes next. */
export function nextRunOf(task: (typeof TASKS)[number]['name'], now: Date): Date {
  const { minutes, from } = TASKS.find(({ name }) => name === task) ?? TASKS[0];
  return nextTime(now, minutes, from);
}

/** What of one connection has a time of its own. */
export interface ConnectionTimes {
  lastBatch: Pick<Activity, 'at'> | undefined;
  drift: DriftSetting;
  lastAudit: Pick<DriftAudit, 'requestedAt' | 'state'> | undefined;
}

/** When each regular task ran and will run. The export is no regular task, but comes with each push. */
export function planSchedule(
  runs: readonly TaskRun[],
  { lastBatch, drift, lastAudit }: ConnectionTimes,
  now: Date,
): ScheduledTask[] {
  const exporting: ScheduledTask = {
    name: 'export',
    every: 'at once when a push comes, and 1 minute',
    lastAt: lastBatch?.at ?? null,
    nextAt: nextTime(now, 1, 0),
    lastResult: lastBatch === undefined ? null : 'ok',
  };
  return [
    exporting,
    ...TASKS.map(({ name, every, minutes, from }) => {
      const run = runs.find(({ task }) => task === name);
      return {
        name,
        every,
        lastAt: run?.startedAt ?? null,
        nextAt: nextTime(now, minutes, from),
        lastResult: run === undefined ? null : (run.problem ?? (run.endedAt === null ? 'running' : 'ok')),
      };
    }),
    ...planAudits(drift, lastAudit),
  ];
}

function planAudits({ schedule, nextAt }: DriftSetting, last: ConnectionTimes['lastAudit']): ScheduledTask[] {
  if (nextAt === null) return [];
  const every = schedule === 'weekly' ? '7 days' : '1 day';
  const lastResult = last?.state ?? null;
  return [{ name: 'drift audit', every, lastAt: last?.requestedAt ?? null, nextAt, lastResult }];
}

function nextTime(now: Date, minutes: number, from: number): Date {
  const step = minutes * MINUTE_IN_MS;
  const start = from * MINUTE_IN_MS;
  return new Date((Math.floor((now.getTime() - start) / step) + 1) * step + start);
}
