import type { ApiCall } from '../../http/api-call.ts';
import type { Handler } from '../../http/find-resource.ts';

/** Lets a handler of the data API serve the Tooling API, whose objects are those of the set-up. */
export function overTooling(handler: Handler): Handler {
  return (call) => handler(toToolingCall(call));
}

/** The same call, with the objects and the addresses of the Tooling API. */
export function toToolingCall(call: ApiCall): ApiCall {
  return { ...call, base: `${call.base}/tooling`, access: call.org.toolingAccessOf(call.user) };
}
