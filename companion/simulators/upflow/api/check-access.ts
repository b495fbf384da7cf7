import { timingSafeEqual } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { RequestHandler } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { UpflowOrganization } from '../upflow-organization.ts';
import { answerProblem } from './answer-problem.ts';

/** Lets a request on once it has waited, has the right key and secret, and is not one too many. */
export function checkAccess(organization: UpflowOrganization): RequestHandler {
  let limiter = makeLimiter(organization.settings.requestsPerMinute);
  return async (req, res, next) => {
    const { latencyMs, refuse, requestsPerMinute } = organization.settings;
    organization.apiCalls++;
    if (latencyMs > 0) await delay(latencyMs);
    if (refuse !== null) return answerProblem(res, refuse, `This API was told to answer ${refuse}.`);
    const { apiKey, apiSecret } = organization.keys;
    if (!isSame(req.get('x-api-key'), apiKey) || !isSame(req.get('x-api-secret'), apiSecret))
      return answerProblem(res, 401, 'Invalid API key or secret.');
    if (limiter.points !== requestsPerMinute) limiter = makeLimiter(requestsPerMinute);
    try {
      await limiter.consume(apiKey);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      res.set('retry-after', String(Math.ceil(error.msBeforeNext / 1000)));
      return answerProblem(res, 429, `No more than ${requestsPerMinute} requests a minute.`);
    }
    next();
  };
}

function makeLimiter(requestsPerMinute: number): RateLimiterMemory {
  return new RateLimiterMemory({ points: requestsPerMinute, duration: 60 });
}

function isSame(given: string | undefined, expected: string): boolean {
  const [one, other] = [Buffer.from(given ?? ''), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
