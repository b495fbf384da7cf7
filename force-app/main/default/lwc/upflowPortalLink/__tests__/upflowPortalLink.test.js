import { createElement } from 'lwc';
import UpflowPortalLink from 'c/upflowPortalLink';

const TOAST = 'lightning__showtoast';
const URL = 'https://pay.upflow.io/x';
const IN_A_DAY = new Date(Date.now() + 24 * 60 * 60 * 1000).toISOString();

async function show(properties) {
  const link = createElement('c-upflow-portal-link', { is: UpflowPortalLink });
  Object.assign(link, properties);
  document.body.append(link);
  await Promise.resolve();
  return link;
}

async function copy(link) {
  const toasts = [];
  link.addEventListener(TOAST, ({ detail }) => toasts.push(detail.variant));
  link.shadowRoot.querySelector('[data-id="copy"]').click();
  await Promise.resolve();
  await Promise.resolve();
  return toasts;
}

function giveClipboard(writeText) {
  Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
}

afterEach(() => document.body.replaceChildren());

describe('upflowPortalLink', () => {
  it('opens in a new tab without handing over this one', async () => {
    const link = await show({ url: URL, expires: IN_A_DAY });
    const anchor = link.shadowRoot.querySelector('[data-id="open"]');
    expect(anchor.getAttribute('href')).toBe(URL);
    expect(anchor.target).toBe('_blank');
    expect(anchor.rel).toContain('noopener');
    await expect(link).toBeAccessible();
  });

  it('copies the link and confirms', async () => {
    const writeText = jest.fn().mockResolvedValue(undefined);
    giveClipboard(writeText);
    const link = await show({ url: URL, expires: IN_A_DAY });
    expect(await copy(link)).toEqual(['success']);
    expect(writeText).toHaveBeenCalledWith(URL);
    expect(link.shadowRoot.querySelector('[data-id="copy"]').label).toBe('c.Portal_Copied');
  });

  it('says so when the browser does not allow copying', async () => {
    giveClipboard(jest.fn().mockRejectedValue(new Error('denied')));
    expect(await copy(await show({ url: URL, expires: IN_A_DAY }))).toEqual(['warning']);
  });

  it.each([
    ['absent', { url: null, expires: null }, 'c.Portal_Absent'],
    ['expired', { url: URL, expires: '2026-01-01T00:00:00.000Z' }, 'c.Portal_Expired'],
    ['not secure', { url: 'javascript:alert(1)', expires: IN_A_DAY }, 'c.Portal_Unsafe']
  ])('shows the reason in place of a link that is %s', async (_why, properties, reason) => {
    const link = await show(properties);
    expect(link.shadowRoot.querySelector('a')).toBeNull();
    expect(link.shadowRoot.textContent).toContain(reason);
    await expect(link).toBeAccessible();
  });
});
