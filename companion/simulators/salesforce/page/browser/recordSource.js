import { pageData } from './pageData.js';

const { apiVersion, accessToken, samples } = pageData;

/** The item of the gallery whose component is being made. */
let currentItem;

/** Makes a component of the gallery: all that it ever asks for is answered by its own samples. */
export function makeWithSamples(item, make) {
  currentItem = item;
  try {
    return make();
  } finally {
    currentItem = undefined;
  }
}

/** Where a component that is made now gets its answers: a function of the path below the UI API. */
export function openSource() {
  if (!samples) return askOrFail;
  const answers = samples[currentItem] ?? {};
  return (path) => answers[path.split('?')[0]] ?? new Promise(() => {});
}

/** As Lightning Data Service hands it out: data or error, never both. */
async function ask(path) {
  const response = await fetch(`/services/data/${apiVersion}/ui-api/${path}`, {
    headers: { Authorization: `Bearer ${accessToken}` },
    cache: 'no-store',
  });
  const body = await response.json();
  if (response.ok) return { data: body, error: undefined };
  const { status, statusText, ok } = response;
  return { data: undefined, error: { body, status, statusText, ok, errorType: 'fetchResponse' } };
}

async function askOrFail(path) {
  try {
    return await ask(path);
  } catch {
    const body = [{ errorCode: 'UNKNOWN', message: 'Salesforce did not answer.' }];
    return {
      data: undefined,
      error: { body, status: 0, statusText: '', ok: false, errorType: 'fetchResponse' },
    };
  }
}

/** The path of a record with some of its fields. */
export function toRecordPath(id, fields, optionalFields) {
  const query = new URLSearchParams();
  if (fields.length > 0) query.set('fields', fields.join(','));
  if (optionalFields.length > 0) query.set('optionalFields', optionalFields.join(','));
  return `records/${id}?${query}`;
}
