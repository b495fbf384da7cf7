import type { Request } from 'express';
import { readApiRequest } from '../http/api-request.ts';
import type { Answer } from '../http/send-answer.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { OAuthError } from './app-access.ts';
import { readHost, type Host } from './hosts.ts';

/** A request to one of the OAuth endpoints. */
export interface OAuthRequest {
  /** The parameters of the form, and those of the address where the form has none of that name. */
  form: URLSearchParams;
  authorization: string | undefined;
  host: Host;
}

export type OAuthHandler = (org: SimulatedOrg, request: OAuthRequest) => Answer | Promise<Answer>;

/** Ends a request with an OAuth error: an object, not the array of the data API, and always 400. */
export class OAuthRefusal extends Error {
  readonly error: string;
  readonly description: string;

  constructor(error: string, description: string) {
    super(`${error}: ${description}`);
    this.error = error;
    this.description = description;
  }

  static of({ error, description }: OAuthError): OAuthRefusal {
    return new OAuthRefusal(error, description);
  }

  static grant(description: string): OAuthRefusal {
    return new OAuthRefusal('invalid_grant', description);
  }
}

export function readOAuthRequest(org: SimulatedOrg, req: Request): OAuthRequest {
  const { body, query, headers } = readApiRequest(req);
  const form = new URLSearchParams(body);
  for (const [name, value] of query) if (!form.has(name)) form.append(name, value);
  return { form, authorization: headers.authorization, host: readHost(org, headers.host) };
}
