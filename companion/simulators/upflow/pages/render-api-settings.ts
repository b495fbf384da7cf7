import { escapeHtml } from '../../salesforce/http/escape-html.ts';
import type { ApiKeys } from '../api-keys.ts';
import { renderPage } from './render-page.ts';

/** Settings › API: the key and the secret that a connection asks for. */
export function renderApiSettings({ apiKey, apiSecret }: ApiKeys): string {
  const body = `<p>Whoever has both can read the customers of this organization. The companion asks for them when you connect Upflow.</p>
${field('api-key', 'API key', apiKey)}
${field('api-secret', 'API secret', apiSecret)}
<p role="status" id="copied"></p>
<script>
for (const button of document.querySelectorAll('button[data-copies]')) {
  button.addEventListener('click', async () => {
    const field = document.getElementById(button.dataset.copies);
    field.select();
    await navigator.clipboard.writeText(field.value);
    document.getElementById('copied').textContent = button.dataset.copied;
  });
}
</script>`;
  return renderPage({ title: 'API', path: '/settings/api', body });
}

function field(id: string, label: string, value: string): string {
  return `<label for="${id}">${label}</label>
<div class="field"><input class="code" id="${id}" readonly value="${escapeHtml(value)}">
<button type="button" data-copies="${id}" data-copied="${label} copied."aria-label="Copy ${label}">Copy</button></div>`;
}
