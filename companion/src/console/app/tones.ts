export type Tone = 'good' | 'warn' | 'bad' | 'quiet' | 'info';

const TONES: Record<string, Tone> = {
  connected: 'good',
  ok: 'good',
  done: 'good',
  written: 'good',
  matched: 'good',
  sent: 'good',
  delivered: 'good',
  succeeded: 'good',
  healthy: 'good',
  whole: 'good',
  running: 'info',
  waiting: 'info',
  clearing: 'info',
  blanked: 'warn',
  changed: 'warn',
  gone: 'bad',
  next: 'info',
  retrying: 'info',
  pending: 'info',
  paused: 'warn',
  new: 'quiet',
  unmatched: 'warn',
  formatting: 'warn',
  duplicate: 'warn',
  behind: 'warn',
  needsattention: 'bad',
  reconnectneeded: 'bad',
  rejected: 'bad',
  refused: 'bad',
  failed: 'bad',
  broken: 'bad',
  expired: 'bad',
};

/** The colour that a state, outcome or result is shown in; words carry the meaning, colour only repeats it. */
export const toneOf = (state: string | null | undefined): Tone =>
  TONES[(state ?? '').toLowerCase().replace(/[^a-z]/g, '')] ?? 'quiet';
