import { escapeHtml } from '../../http/escape-html.ts';
import { renderPage } from './render-page.ts';

const generic = 'An unexpected error has occured during authentication. Please try again.';

/**
 * Where an authorization ends that never calls back. Of an app that is not installed the page tells only this much;
 * the address tells more: https://support.movedata.io/knowledgebase/technical/oauth-error-approve-uninstalled-connected-apps/
 */
export function renderErrorPage(query: URLSearchParams): string {
  const error = query.get('error') ?? '';
  const description = query.get('error_description') ?? '';
  const [code, text] = nameError(error, description);
  const body = `<p>We can't authorize you because of an OAuth error. For more information, contact your Salesforce
administrator.</p>
<p class="trouble" role="alert"><code>${escapeHtml(code)}</code> : ${escapeHtml(text)}</p>`;
  return renderPage({ title: 'OAuth Error', body });
}

function nameError(error: string, description: string): [code: string, text: string] {
  if (error === 'app_not_found') return ['OAUTH_EC_APP_NOT_FOUND', description];
  return error === 'invalid_client' ? ['OAUTH_APPROVAL_ERROR_GENERIC', generic] : [error, description];
}
