// Runs in the page. A tree walker sees through the components' shadow trees, which queries do not.

const TEXT_ATTRIBUTES = ['aria-label', 'title', 'alt', 'placeholder'];
/** Rounding of positions to whole pixels. */
const TOLERANCE = 1;

function* walk(root, kinds) {
  const walker = document.createTreeWalker(root, kinds);
  while (walker.nextNode()) yield walker.currentNode;
}

/** The elements around a text within a component, the nearest first. */
function listHolders(text, root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ALL);
  walker.currentNode = text;
  const holders = [];
  while (walker.parentNode()) holders.push(walker.currentNode);
  return holders;
}

function isVisible(holders) {
  const [nearest] = holders;
  const isForReadersOnly = holders.some((element) => element.classList.contains('slds-assistive-text'));
  return !isForReadersOnly && nearest?.checkVisibility({ visibilityProperty: true });
}

const isInside = (inner, outer) =>
  inner.left >= outer.left - TOLERANCE &&
  inner.right <= outer.right + TOLERANCE &&
  inner.top >= outer.top - TOLERANCE &&
  inner.bottom <= outer.bottom + TOLERANCE;

/** Texts that an element around them cuts off, or that stick out of their component. */
function findClippedTexts() {
  const found = [];
  for (const component of document.querySelectorAll('[data-component]')) {
    for (const text of walk(component, NodeFilter.SHOW_TEXT)) {
      const holders = listHolders(text, component);
      if (text.data.trim() === '' || !isVisible(holders)) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      const frames = [
        ...holders.filter((holder) => getComputedStyle(holder).overflow !== 'visible'),
        component,
      ];
      const isCut = [...range.getClientRects()].some((line) =>
        frames.some((frame) => !isInside(line, frame.getBoundingClientRect())),
      );
      if (isCut)
        found.push(
          `${component.parentElement.dataset.item ?? component.dataset.component}: ${text.data.trim()}`,
        );
    }
  }
  return found;
}

/** All words of every state, those for screen readers included, by the name of the state. */
function readTexts() {
  const entries = [...document.querySelectorAll('[data-item]')].map((item) => {
    const component = item.querySelector('[data-component]');
    const texts = [];
    for (const node of walk(component, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)) {
      const words =
        node.nodeType === Node.TEXT_NODE
          ? [node.data]
          : TEXT_ATTRIBUTES.map((name) => node.getAttribute(name) ?? '');
      texts.push(...words.map((word) => word.trim()).filter(Boolean));
    }
    return [item.dataset.item, texts];
  });
  return Object.fromEntries(entries);
}

/** The links and buttons of all components that can be seen, in the order of the page. */
function listControls() {
  return [...document.querySelectorAll('[data-component]')].flatMap((component) =>
    [...walk(component, NodeFilter.SHOW_ELEMENT)].filter(
      (element) => element.matches('a[href], button, input, select, textarea') && element.checkVisibility(),
    ),
  );
}

/** All by which the focus may show. */
function describeLook(element) {
  const { outline, boxShadow, textDecoration, borderColor, backgroundColor } = getComputedStyle(element);
  return JSON.stringify({ outline, boxShadow, textDecoration, borderColor, backgroundColor });
}

const unfocused = new Map();

function rememberUnfocused() {
  listControls().forEach((control) => unfocused.set(control, describeLook(control)));
}

function readFocus() {
  const controls = listControls();
  const index = controls.findIndex((control) => control.matches(':focus'));
  if (index < 0) return null;
  const control = controls[index];
  return { index, isShown: describeLook(control) !== unfocused.get(control) };
}

/** Counts from now on what changes in the components. */
function countChanges() {
  const observer = new MutationObserver((changes) => {
    globalThis.inspectGallery.changes += changes.length;
  });
  for (const component of document.querySelectorAll('[data-component] > *')) {
    observer.observe(component.shadowRoot, { childList: true, subtree: true });
  }
}

globalThis.inspectGallery = {
  findClippedTexts,
  readTexts,
  listControls,
  rememberUnfocused,
  readFocus,
  countChanges,
  changes: 0,
};
