import type { Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ApiProblem } from '../api/route.ts';

/** Lets so many through in a while; the rest are told when to come again. */
export interface RateLimit {
  /** @throws {ApiProblem} 429 when there were too many */
  take(key: string, res: Response | undefined): Promise<void>;
  /** Whoever proved to be welcome starts anew. */
  forget(key: string): Promise<void>;
}

/** Counted in the memory of each process: to count in the database would cost a write for each request. */
export function limitRate(points: number, seconds: number): RateLimit {
  const limiter = new RateLimiterMemory({ points, duration: seconds });
  return {
    async take(key, res) {
      try {
        await limiter.consume(key);
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        const wait = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
        res?.set('retry-after', String(wait));
        throw new ApiProblem({
          status: 429,
          code: 'too-many-requests',
          title: 'Too many requests',
          detail: `Try again in ${wait} ${wait === 1 ? 'second' : 'seconds'}.`,
        });
      }
    },
    forget: async (key) => {
      await limiter.delete(key);
    },
  };
}
