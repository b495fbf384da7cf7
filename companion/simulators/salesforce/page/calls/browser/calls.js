const KEPT_CALLS = 500;
const USAGE_AFTER_MILLISECONDS = 400;

const body = document.getElementById('calls');
const notice = document.getElementById('calls-notice');
const pause = document.getElementById('pause');
const filter = document.getElementById('filter');
const usage = document.getElementById('usage');
const usageText = document.getElementById('usage-text');

/** The newest first. */
let calls = [];
/** Calls that came while the page was paused, or since it was last drawn. */
let waiting = [];
let isPaused = false;
let isDrawing = false;
let isConnected = true;
let usageTimer;
let lastNumber = 0;

const matches = (call, words) => {
  const text = `${call.method} ${call.path} ${call.user ?? ''} ${call.status ?? 'no answer'}`.toLowerCase();
  return words.every((word) => text.includes(word));
};

function cell(text, className = '') {
  const element = document.createElement('td');
  element.className = className;
  element.textContent = text;
  return element;
}

function describeStatus(status) {
  const badge = document.createElement('span');
  badge.className = `status ${status !== null && status < 400 ? 'status_success' : 'status_error'}`;
  badge.textContent = status ?? 'No answer';
  const element = document.createElement('td');
  element.append(badge);
  return element;
}

function toRow(call) {
  const row = document.createElement('tr');
  row.dataset.number = call.number;
  const time = new Date(call.at).toLocaleTimeString('en-US', { hour12: false });
  row.append(
    cell(time),
    cell(call.method, 'method'),
    cell(call.path, 'path'),
    cell(call.user ?? '–'),
    describeStatus(call.status),
    cell(call.ms.toLocaleString('en-US'), 'number'),
    cell(call.rows === 0 ? '' : call.rows.toLocaleString('en-US'), 'number'),
  );
  return row;
}

function describeState(shown, words) {
  if (!isConnected) return 'The connection to the simulator is lost. The page tries again by itself.';
  if (isPaused) {
    const count = waiting.length.toLocaleString('en-US');
    return `Paused. ${waiting.length === 1 ? '1 new call waits' : `${count} new calls wait`}.`;
  }
  if (calls.length === 0) return 'Waiting for the first call.';
  if (shown === 0 && words.length > 0) return 'No call matches the filter.';
  return '';
}

function draw() {
  isDrawing = false;
  if (!isPaused) {
    calls = [...waiting.toReversed(), ...calls].slice(0, KEPT_CALLS);
    waiting = [];
  }
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = calls.filter((call) => matches(call, words));
  const known = new Map([...body.children].map((row) => [Number(row.dataset.number), row]));
  body.replaceChildren(...shown.map((call) => known.get(call.number) ?? toRow(call)));
  const state = describeState(shown.length, words);
  notice.hidden = state === '';
  if (notice.textContent !== state) notice.textContent = state;
}

/** Many calls may come at once: the page is drawn once a frame at most. */
function drawSoon() {
  if (isDrawing) return;
  isDrawing = true;
  requestAnimationFrame(draw);
}

async function showUsage() {
  usageTimer = undefined;
  const response = await fetch('/simulator/calls/usage');
  const { used, limit } = await response.json();
  usage.max = limit;
  usage.value = used;
  usageText.textContent = `${used.toLocaleString('en-US')} of ${limit.toLocaleString('en-US')} API requests used`;
}

function receive({ data }) {
  const call = JSON.parse(data);
  // After a lost connection the stream begins again with calls that were shown already.
  if (call.number <= lastNumber) return;
  lastNumber = call.number;
  waiting.push(call);
  if (waiting.length > KEPT_CALLS) waiting.shift();
  drawSoon();
  usageTimer ??= setTimeout(showUsage, USAGE_AFTER_MILLISECONDS);
}

pause.addEventListener('click', () => {
  isPaused = !isPaused;
  pause.setAttribute('aria-pressed', String(isPaused));
  pause.textContent = isPaused ? 'Resume' : 'Pause';
  drawSoon();
});
filter.addEventListener('input', drawSoon);

const stream = new EventSource('/_simulator/calls');
stream.addEventListener('message', receive);
stream.addEventListener('open', () => {
  isConnected = true;
  drawSoon();
});
stream.addEventListener('error', () => {
  isConnected = false;
  drawSoon();
});
showUsage();
