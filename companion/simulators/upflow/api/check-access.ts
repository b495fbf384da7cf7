import { timingSafeEqual } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { RequestHandler, Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { UpflowOrganization } from '../upflow-organization.ts';
import { answerProblem } from './answer-problem.ts';
import { findCustomerWritten } from './find-customer-written.ts';

/** Lets a request on once it has waited, has the right key and secret, and is not one too many. */
export function checkAccess(organization: UpflowOrganization): RequestHandler {
  let limiter = makeLimiter(organization.settings.requestsPerMinute);
  const running = new Set<Response>();
  const written = new Map<Response, number>();
  return async (req, res, next) => {
    const { latencyMs, refuse, requestsPerMinute, concurrentRequests } = organization.settings;
    organization.stats.apiCalls++;
    running.add(res);
    res.once('close', () => {
      running.delete(res);
      written.delete(res);
    });
    const isOneTooMany = running.size > concurrentRequests;
    const customer = findCustomerWritten(organization, req);
    if (customer !== undefined) {
      if ([...written.values()].includes(customer)) organization.stats.overlappingWrites++;
      written.set(res, customer);
    }
    if (latencyMs > 0) await delay(latencyMs);
    if (refuse !== null) return answerProblem(res, refuse, `This API was told to answer ${refuse}.`);
    const { apiKey, apiSecret } = organization.keys;
    if (!isSame(req.get('x-api-key'), apiKey) || !isSame(req.get('x-api-secret'), apiSecret))
      return answerProblem(res, 401, 'Invalid API key or secret.');
    if (isOneTooMany) {
      res.set('retry-after', '1');
      return answerProblem(res, 429, `No more than ${concurrentRequests} requests at once.`);
    }
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
