import { escapeHtml } from '../../salesforce/http/escape-html.ts';

const places = [
  { path: '/', label: 'Customers' },
  { path: '/settings/api', label: 'API' },
  { path: '/settings/pushes', label: 'Pushes' },
  { path: '/settings/behaviour', label: 'Behaviour' },
] as const;

/** A page of the simulated Upflow, with the way to the others. The body is HTML. */
export function renderPage({ title, path, body }: { title: string; path: string; body: string }): string {
  const links = places.map(({ path: to, label }) => {
    const current = to === path ? ' aria-current="page"' : '';
    const text = to === '/' ? label : `Settings › ${label}`;
    return `<a href="${to}"${current}>${text}</a>`;
  });
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Upflow simulator</title><link rel="icon" href="data:,">
<style>${styles}</style></head>
<body><header><strong>Upflow simulator</strong><nav aria-label="Pages">${links.join('')}</nav></header>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main></body></html>
`;
}

const styles = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; --line: color-mix(in srgb, currentColor 20%, transparent);
  --accent: light-dark(#0b5fbd, #8cc2ff); --on-accent: light-dark(#fff, #10233a) }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 75rem; padding: 0 1rem 3rem; overflow-wrap: anywhere }
header { display: flex; flex-wrap: wrap; gap: .5rem 2rem; align-items: baseline; padding: 1rem 0; border-bottom: 1px solid var(--line) }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem }
a { color: var(--accent) }
nav a { text-decoration: none; padding: .25rem 0 }
nav a[aria-current] { color: inherit; border-bottom: 2px solid var(--accent) }
h1 { font-size: 1.5rem; margin: 1.5rem 0 .5rem } h2 { font-size: 1.125rem; margin: 2rem 0 .5rem }
p { max-width: 46rem }
.scroll { overflow-x: auto } table { border-collapse: collapse; width: 100% }
th, td { text-align: start; padding: .4rem .75rem; border-bottom: 1px solid var(--line); vertical-align: top }
.n { text-align: end; font-variant-numeric: tabular-nums }
form.fields { max-width: 46rem } label { display: block; font-weight: 600; margin: 1rem 0 .25rem }
.field { display: flex; flex-wrap: wrap; gap: .5rem; max-width: 46rem }
input { flex: 1 1 20rem; width: 100%; min-width: 0; padding: .5rem .625rem; font: inherit; border: 1px solid color-mix(in srgb, currentColor 55%, transparent);
  border-radius: .25rem; background: transparent; color: inherit }
input.code { font-family: ui-monospace, monospace; font-size: .875rem }
.tick { font-weight: 400 } .tick input { width: auto; margin: 0 .375rem 0 0 }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(14rem, 100%), 1fr)); gap: .75rem 1.5rem } .facts dd { margin: 0 }
.facts dt { font-size: .875rem; opacity: .85 }
button { padding: .5rem 1rem; font: inherit; font-weight: 600; border: 1px solid var(--accent); border-radius: .25rem; cursor: pointer;
  background: transparent; color: var(--accent) }
button.main { background: var(--accent); color: var(--on-accent) }
.buttons { margin-top: 1rem } .notice, .trouble { max-width: 46rem; padding: .625rem .875rem; border-inline-start: 4px solid var(--accent);
  background: color-mix(in srgb, currentColor 6%, transparent) }
.trouble { border-color: light-dark(#b3261e, #ff9b91) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
`;
