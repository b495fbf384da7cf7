import { countDaysSince, fill, formatDay, formatNumber } from 'c/upflowFormat';
import COLLECTION from '@salesforce/label/c.Collection';
import DAYS_EARLY from '@salesforce/label/c.Days_Early';
import DAYS_MANY from '@salesforce/label/c.Days_Many';
import DAYS_ONE from '@salesforce/label/c.Days_One';
import DELAY from '@salesforce/label/c.Average_Delay';
import LAST_PAYMENT from '@salesforce/label/c.Last_Payment';
import NEXT_ACTION from '@salesforce/label/c.Next_Action';
import NONE_PLANNED from '@salesforce/label/c.None_Planned';
import NONE_SAVED from '@salesforce/label/c.None_Saved';
import NONE_YET from '@salesforce/label/c.None_Yet';
import OLDEST from '@salesforce/label/c.Oldest_Overdue';
import ON_TIME from '@salesforce/label/c.On_Time';
import PAYMENT_METHOD from '@salesforce/label/c.Payment_Method';
import PAYMENT_STATUS from '@salesforce/label/c.Payment_Status';
import RATING from '@salesforce/label/c.Payer_Rating';
import RATING_A from '@salesforce/label/c.Rating_A';
import RATING_B from '@salesforce/label/c.Rating_B';
import RATING_C from '@salesforce/label/c.Rating_C';
import RATING_D from '@salesforce/label/c.Rating_D';
import UNTIL from '@salesforce/label/c.Until';
import WORKFLOW from '@salesforce/label/c.Workflow';

/** @typedef {import('c/upflowAccount').Account} Account */
/** @typedef {{ key: string, label: string, value: string, note?: string, tone?: string, quiet?: boolean }} Fact */

/** @type {Record<string, { tone: string, note: string }>} */
const RATINGS = {
  A: { tone: 'good', note: RATING_A },
  B: { tone: 'plain', note: RATING_B },
  C: { tone: 'poor', note: RATING_C },
  D: { tone: 'bad', note: RATING_D }
};

/** @param {number} days */
const countDays = (days) => fill(days === 1 ? DAYS_ONE : DAYS_MANY, formatNumber(days));

/** @param {number} days after the due date; negative is early */
function describeDelay(days) {
  if (days === 0) return ON_TIME;
  return days > 0 ? countDays(days) : fill(DAYS_EARLY, countDays(-days));
}

/**
 * Payment providers write CARD or DIRECT_DEBIT: people read Card and Direct debit.
 * @param {string} code
 */
function humanize(code) {
  const isCode = /^[A-Z0-9_]+$/.test(code);
  return isCode ? code[0] + code.slice(1).toLowerCase().replaceAll('_', ' ') : code;
}

/**
 * A row for each value that is known, and for each blank that itself tells something.
 * @param {Account} account
 * @returns {Fact[]}
 */
function listFacts(account) {
  /** @type {Fact[]} */
  const facts = [];
  const { oldestOverdueDate, nextAction, nextActionDate, collectionStatus, pausedUntil, rating } = account;
  const { averageDelay, lastPaymentDate, paymentMethod, paymentStatus, workflow } = account;
  if (oldestOverdueDate) {
    // West of where the invoice is late already, its due date is today still.
    const days = countDaysSince(oldestOverdueDate);
    const note = days > 0 ? countDays(days) : '';
    facts.push({ key: 'oldest', label: OLDEST, value: formatDay(oldestOverdueDate), note });
  }
  if (nextAction !== undefined) {
    const note = nextAction && nextActionDate ? formatDay(nextActionDate) : '';
    facts.push({ key: 'next-action', label: NEXT_ACTION, value: nextAction || NONE_PLANNED, note });
  }
  if (collectionStatus) {
    const isPaused = collectionStatus === 'Paused';
    const note = isPaused && pausedUntil ? fill(UNTIL, formatDay(pausedUntil)) : '';
    const tone = isPaused ? 'poor' : 'good';
    facts.push({
      key: 'collection',
      label: COLLECTION,
      value: account.collectionText ?? collectionStatus,
      note,
      tone
    });
  }
  if (rating) {
    const { tone, note } = RATINGS[rating] ?? { tone: 'plain', note: '' };
    facts.push({ key: 'rating', label: RATING, value: account.ratingText ?? rating, note, tone });
  }
  if (typeof averageDelay === 'number') {
    facts.push({ key: 'delay', label: DELAY, value: describeDelay(averageDelay) });
  }
  if (lastPaymentDate !== undefined) {
    const value = lastPaymentDate ? formatDay(lastPaymentDate) : NONE_YET;
    facts.push({ key: 'last-payment', label: LAST_PAYMENT, value });
  }
  if (paymentMethod !== undefined) {
    const note =
      paymentMethod && paymentStatus ? fill(PAYMENT_STATUS, humanize(paymentStatus).toLowerCase()) : '';
    const value = paymentMethod ? humanize(paymentMethod) : NONE_SAVED;
    facts.push({ key: 'payment-method', label: PAYMENT_METHOD, value, note });
  }
  if (workflow) facts.push({ key: 'workflow', label: WORKFLOW, value: workflow, quiet: true });
  return facts;
}

/** @param {Account} account */
export const describeFacts = (account) =>
  listFacts(account).map((fact) => ({
    ...fact,
    factClass: fact.quiet ? 'fact quiet' : 'fact',
    valueClass: fact.tone ? `badge ${fact.tone}` : 'value'
  }));
