import { pageData } from './pageData.js';

const { apiVersion, accessToken, samples } = pageData;

async function askApi(id, fields, optionalFields) {
  const query = new URLSearchParams();
  if (fields.length > 0) query.set('fields', fields.join(','));
  if (optionalFields.length > 0) query.set('optionalFields', optionalFields.join(','));
  return askUiApi(`records/${id}?${query}`);
}

async function askUiApi(path) {
  const response = await fetch(`/services/data/${apiVersion}/ui-api/${path}`, {
    headers: { Authorization: `Bearer ${accessToken}` },
    cache: 'no-store',
  });
  const body = await response.json();
  if (response.ok) return { data: body, error: undefined };
  const { status, statusText, ok } = response;
  return { data: undefined, error: { body, status, statusText, ok, errorType: 'fetchResponse' } };
}

/** As Lightning Data Service hands it out: data or error, never both. */
export async function fetchRecord(id, fields, optionalFields) {
  if (samples) return samples[id] ?? new Promise(() => {});
  return orUnanswered(() => askApi(id, fields, optionalFields));
}

/** Any other resource of the UI API; in the gallery, the sample that has its path. */
export async function fetchUiApi(path) {
  if (samples) return samples[path.split('?')[0]] ?? new Promise(() => {});
  return orUnanswered(() => askUiApi(path));
}

async function orUnanswered(ask) {
  try {
    return await ask();
  } catch {
    const body = [{ errorCode: 'UNKNOWN', message: 'Salesforce did not answer.' }];
    return {
      data: undefined,
      error: { body, status: 0, statusText: '', ok: false, errorType: 'fetchResponse' },
    };
  }
}
