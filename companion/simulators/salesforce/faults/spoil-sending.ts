import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Response } from 'express';
import { findFault } from './find-fault.ts';

// Enough for the half that was sent to arrive before the reset overtakes it.
const BEFORE_RESET_MS = 20;

/** Sends a body as the faults of this request have it. Says false where none of them has to do with sending. */
export async function spoilSending(res: Response, bytes: Buffer): Promise<boolean> {
  const half = bytes.subarray(0, Math.floor(bytes.length / 2));
  const slow = findFault(res, 'slowBody');
  const wrong = findFault(res, 'wrongLength');
  if (findFault(res, 'resetMidBody') !== null) {
    res.write(half);
    await pause(BEFORE_RESET_MS);
    res.req.socket.resetAndDestroy();
  } else if (findFault(res, 'stallBody') !== null) {
    res.write(half);
  } else if (findFault(res, 'cutGzip') !== null) {
    res.end(half);
  } else if (wrong !== null) {
    res.set('Content-Length', String(Math.max(0, bytes.length + wrong.by)));
    // The connection is of no use any more: both ends disagree on where this answer ends.
    res.end(bytes, () => res.req.socket.end());
  } else if (slow !== null) {
    await dribble(res, bytes, slow);
  } else {
    return false;
  }
  return true;
}

async function dribble(
  res: Response,
  bytes: Buffer,
  { bytes: size, everyMs }: { bytes: number; everyMs: number },
): Promise<void> {
  for (let start = 0; start < bytes.length && !res.destroyed; start += size) {
    if (!res.write(bytes.subarray(start, start + size)))
      await Promise.race([once(res, 'drain'), once(res, 'close')]);
    await pause(everyMs);
  }
  res.end();
}
