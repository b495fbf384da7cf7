import { createElement } from 'lwc';
import UpflowAgeingBar from 'c/upflowAgeingBar';

async function show(buckets) {
  const bar = createElement('c-upflow-ageing-bar', { is: UpflowAgeingBar });
  Object.assign(bar, { buckets, currency: 'USD' });
  document.body.append(bar);
  await Promise.resolve();
  return bar.shadowRoot;
}

const readRow = (root, key) =>
  [...root.querySelectorAll(`[data-bucket="${key}"] dd`)].map((cell) => cell.textContent);

afterEach(() => document.body.replaceChildren());

describe('upflowAgeingBar', () => {
  it('carries every number in words beside the bar', async () => {
    const root = await show([
      { key: 'due', label: 'Not yet due', amount: 75 },
      { key: 'late1', label: 'Late', amount: 25 }
    ]);
    expect(root.querySelectorAll('.segment')).toHaveLength(2);
    expect(readRow(root, 'due')).toEqual(['75%', '$75.00']);
    expect(readRow(root, 'late1')).toEqual(['25%', '$25.00']);
    await expect(root.host).toBeAccessible();
  });

  it('draws no segment for a credit and still names it', async () => {
    const root = await show([
      { key: 'due', label: 'Not yet due', amount: -10 },
      { key: 'late1', label: 'Late', amount: 25 }
    ]);
    expect(root.querySelectorAll('.segment')).toHaveLength(1);
    expect(readRow(root, 'due')).toEqual(['', '-$10.00']);
  });
});
