// Runs in the page, before all of its scripts: tells how long it takes from the answer with the figures to the picture.

/** The moment right after the next picture that is painted. */
const afterPaint = () =>
  new Promise((resolve) => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve(performance.now());
      channel.port2.postMessage(undefined);
    });
  });

/** A tree walker sees through the components' shadow trees, which queries do not. */
function isDrawn(text) {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (walker.currentNode.data === text) return true;
  return false;
}

/** When the last answer to the panel's question had come whole. */
const answeredAt = () =>
  performance
    .getEntriesByType('resource')
    .filter(({ name }) => name.includes('Outstanding_Amount__c'))
    .at(-1)?.responseEnd;

async function timeUntilPainted(text) {
  while (answeredAt() === undefined || !isDrawn(text)) await new Promise(requestAnimationFrame);
  return (await afterPaint()) - answeredAt();
}

/** The same words as the panel's in plain elements, without a framework, styles or icons. */
async function drawPlainly(url, headers, lines) {
  const response = await fetch(url, { headers, cache: 'no-store' });
  const { fields } = await response.json();
  const list = document.createElement('dl');
  for (const [index, line] of lines.entries()) {
    const item = document.createElement(index % 2 === 0 ? 'dt' : 'dd');
    item.textContent = line;
    list.append(item);
  }
  const figure = document.createElement('p');
  figure.textContent = `plain ${fields.upflow__Outstanding_Amount__c.value}`;
  document.body.replaceChildren(figure, list);
}

globalThis.panelTimer = { timeUntilPainted, drawPlainly };
