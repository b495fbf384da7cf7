import { setTimeout as pause } from 'node:timers/promises';
import { Router, type Request, type Response } from 'express';
import { chooseLatency } from '../faults/choose-latency.ts';
import { faultsOf } from '../faults/find-fault.ts';
import { openCall, type Caller } from '../http/api-call.ts';
import { ApiError } from '../http/api-error.ts';
import { readApiRequest } from '../http/api-request.ts';
import { countCall } from '../http/count-call.ts';
import { sendAnswer, type Answer } from '../http/send-answer.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { readEnvelope, type SoapRequest } from './read-envelope.ts';
import { operations } from './soap-operations.ts';
import { writeClientFault, writeFault, writeResponse, type SoapFlavor } from './write-envelope.ts';

/** The SOAP API, where records are merged and undeleted; REST has neither. */
export function serveSoap(org: SimulatedOrg): Router {
  const router = Router();
  const serve =
    (flavor: SoapFlavor) =>
    async (req: Request, res: Response): Promise<void> => {
      const { answer, ms } = workOn(org, flavor, req, res);
      if (ms > 0) await pause(ms);
      await sendAnswer(res, answer);
    };
  router.post('/services/Soap/u/:version{/*rest}', serve('partner'));
  router.post('/services/Soap/c/:version{/*rest}', serve('enterprise'));
  return router;
}

interface Worked {
  answer: Answer;
  /** How long the request takes. */
  ms: number;
}

function workOn(org: SimulatedOrg, flavor: SoapFlavor, req: Request, res: Response): Worked {
  const latency = chooseLatency(org.settings, req.path, org.jitter);
  const request = readEnvelope(readApiRequest(req).body);
  const operation = operations.get(request?.operation ?? '');
  if (request === null || operation === undefined) {
    const name = `{urn:${flavor}.soap.sforce.com}${request?.operation ?? ''}`;
    const message = `No operation available for request ${name}, please check the WSDL for the service.`;
    return { answer: writeClientFault(message), ms: latency };
  }
  const start = org.store.savepoint();
  try {
    const caller = openSoapCall(org, request, req, res);
    countSoapCall(org, request.operation, res);
    const result = operation(caller, request);
    org.store.commit();
    const usage = { current: org.usage.apiRequests.used, limit: org.settings.dailyApiRequests };
    const ms = latency + caller.locks.waitMs;
    caller.locks.holdFor(ms);
    return { answer: writeResponse(flavor, request.operation, result, usage), ms };
  } catch (error) {
    org.store.rollbackTo(start);
    return { answer: writeError(flavor, error), ms: latency };
  }
}

/** The session stands in the envelope; from here on it is like that of any other call. */
function openSoapCall(org: SimulatedOrg, { sessionId }: SoapRequest, req: Request, res: Response): Caller {
  const path = `/services/data/v${String(req.params.version)}/`;
  const { host = '' } = req.headers;
  const headers = { authorization: `Bearer ${sessionId === '' ? 'none' : sessionId}`, host };
  const request = { method: 'POST', path, query: new URLSearchParams(), headers, body: '' };
  return openCall(org, request, faultsOf(res));
}

function countSoapCall(org: SimulatedOrg, operation: string, res: Response): void {
  const request = { method: 'POST', path: `/services/Soap/u/soap/${operation}` };
  countCall(org, { ...request, query: new URLSearchParams(), headers: {}, body: '' }, res);
}

function writeError(flavor: SoapFlavor, error: unknown): Answer {
  if (!(error instanceof ApiError)) throw error;
  const [entry] = error.entries;
  if (error.status === 401) {
    const message = 'Invalid Session ID found in SessionHeader: Illegal Session';
    return writeFault(flavor, 'INVALID_SESSION_ID', message);
  }
  return writeFault(flavor, entry?.errorCode ?? 'UNKNOWN_EXCEPTION', entry?.message ?? '');
}
