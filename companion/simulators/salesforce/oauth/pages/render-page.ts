import { escapeHtml } from '../../http/escape-html.ts';

/** A page of the org's sign-in: a card with a title, as wide as a phone allows. */
export function renderPage({ title, body }: { title: string; body: string }): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${styles}</style>
</head>
<body>
<main class="card">
<h1>${escapeHtml(title)}</h1>
${body}
</main>
<footer>A simulated Salesforce org on this machine.</footer>
</body>
</html>`;
}

const styles = `
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; align-items: center;
  justify-content: center; padding: 1rem; background: #f4f6f9; color: #181818;
  font: 16px/1.5 system-ui, sans-serif; }
.card { width: 100%; max-width: 26rem; padding: 2rem 1.75rem; background: #fff; border: 1px solid #c9c9c9;
  border-radius: .5rem; overflow-wrap: anywhere; }
h1 { margin: 0 0 1rem; font-size: 1.375rem; font-weight: 600; line-height: 1.3; }
p { margin: 0 0 1rem; }
footer { margin-top: 1rem; color: #5c5c5c; font-size: .8125rem; text-align: center; }
fieldset { margin: 0 0 1.25rem; padding: 0; border: 0; }
legend { padding: 0; margin-bottom: .5rem; font-weight: 600; }
.choice { display: flex; gap: .75rem; align-items: flex-start; padding: .75rem; margin-bottom: .5rem;
  border: 1px solid #c9c9c9; border-radius: .375rem; cursor: pointer; }
.choice:has(:checked) { border-color: #0250d9; background: #eef4ff; }
.choice input { margin: .3rem 0 0; accent-color: #0250d9; }
.choice span { display: block; }
small { display: block; color: #5c5c5c; font-size: .8125rem; }
ul { margin: 0 0 1.25rem; padding-left: 1.25rem; }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; }
button { flex: 1 1 8rem; padding: .625rem 1rem; border: 1px solid #0250d9; border-radius: .375rem;
  background: #0250d9; color: #fff; font: inherit; font-weight: 600; cursor: pointer; }
button:hover { background: #022ac0; }
button.plain { background: #fff; color: #0250d9; }
button.plain:hover { background: #eef4ff; }
:focus-visible { outline: 3px solid #022ac0; outline-offset: 2px; }
.trouble { padding: .75rem; border: 1px solid #ba0517; border-radius: .375rem; background: #fef1ee;
  color: #8e030f; }
code { font-size: .875rem; }
`;
