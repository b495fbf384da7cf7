import DEFAULT_CURRENCY from '@salesforce/i18n/currency';
import LOCALE from '@salesforce/i18n/locale';
import TIME_ZONE from '@salesforce/i18n/timeZone';

const MILLISECONDS_AN_HOUR = 60 * 60 * 1000;
const MILLISECONDS_A_DAY = 24 * MILLISECONDS_AN_HOUR;

/**
 * Puts values into a label's {0}, {1}, … placeholders.
 * @param {string} label
 * @param {...(string | number)} values
 */
export const fill = (label, ...values) =>
  label.replace(/\{(\d)\}/g, (placeholder, index) => String(values[index] ?? placeholder));

/**
 * The first currency that is a real code, so that one bad value never takes the figures away.
 * @param {...(string | null | undefined)} candidates
 * @returns {string}
 */
export const chooseCurrency = (...candidates) =>
  candidates.find((code) => code && /^[A-Z]{3}$/.test(code)) ?? DEFAULT_CURRENCY;

/**
 * @param {number} amount
 * @param {string} currency
 */
export const formatMoney = (amount, currency) =>
  new Intl.NumberFormat(LOCALE, { style: 'currency', currency }).format(amount);

/** @param {number} value */
export const formatNumber = (value) =>
  new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 }).format(value);

const SMALLEST_SHARE_SHOWN = 0.001;

/** @param {number} share between 0 and 1; what is there is never shown as 0% */
export function formatShare(share) {
  const isTiny = share > 0 && share < SMALLEST_SHARE_SHOWN;
  const format = new Intl.NumberFormat(LOCALE, {
    style: 'percent',
    maximumFractionDigits: share < 0.01 ? 1 : 0
  });
  return isTiny ? `<${format.format(SMALLEST_SHARE_SHOWN)}` : format.format(share);
}

/**
 * A Date field is a calendar day without a time zone: formatting it in UTC keeps the day that was written.
 * @param {string} day as YYYY-MM-DD
 */
export const formatDay = (day) =>
  new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`)
  );

/**
 * The day of a moment, where the user is.
 * @param {string} moment as an ISO date and time
 */
export const formatMomentDay = (moment) =>
  new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeZone: TIME_ZONE }).format(new Date(moment));

/**
 * Whole days from a calendar day to today, where the user is.
 * @param {string} day as YYYY-MM-DD
 */
export function countDaysSince(day) {
  // Swedish writes a date as YYYY-MM-DD.
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: TIME_ZONE }).format(new Date());
  return Math.round((Date.parse(today) - Date.parse(day)) / MILLISECONDS_A_DAY);
}

/**
 * @param {string | null | undefined} moment as an ISO date and time
 * @param {number} hours
 */
export const isOlderThan = (moment, hours) =>
  Boolean(moment) && Date.now() - Date.parse(String(moment)) > hours * MILLISECONDS_AN_HOUR;

/**
 * The address when it is a secure web address, else undefined: a javascript: address must never become a link.
 * @param {string | null | undefined} address
 * @returns {string | undefined}
 */
export function toSecureLink(address) {
  try {
    const url = new URL(String(address).trim());
    return url.protocol === 'https:' ? url.href : undefined;
  } catch {
    return undefined;
  }
}
