import type { ApiCall } from '../http/api-call.ts';
import type { Answer } from '../http/send-answer.ts';
import { identityUrl } from '../oauth/oauth-answers.ts';

/** Every resource that a real org names here, in its order. Those that the simulator does not have answer 404. */
const names = [
  'tooling',
  'metadata',
  'eclair',
  'folders',
  'prechatForms',
  'contact-tracing',
  'jsonxform',
  'chatter',
  'payments',
  'tabs',
  'appMenu',
  'quickActions',
  'queryAll',
  'commerce',
  'wave',
  'iot',
  'analytics',
  'search',
  'smartdatadiscovery',
  'identity',
  'composite',
  'parameterizedSearch',
  'fingerprint',
  'theme',
  'nouns',
  'domino',
  'event',
  'serviceTemplates',
  'recent',
  'connect',
  'licensing',
  'limits',
  'process',
  'dedupe',
  'async-queries',
  'query',
  'jobs',
  'localizedvalue',
  'mobile',
  'emailConnect',
  'consent',
  'tokenizer',
  'compactLayouts',
  'sobjects',
  'actions',
  'support',
  'ui-api',
];

/** GET /services/data/vXX.0: the resources by name. */
export function listResources(call: ApiCall): Answer {
  const identity = identityUrl(call.org, call.user);
  const entries = names.map((name) => [name, name === 'identity' ? identity : `${call.base}/${name}`]);
  return { status: 200, body: Object.fromEntries(entries) as Record<string, string> };
}
