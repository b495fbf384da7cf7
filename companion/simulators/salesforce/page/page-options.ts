/** How a page looks, chosen in its address. */
export interface Look {
  theme: 'slds1' | 'slds2';
  scheme: 'light' | 'dark';
  dir: 'ltr' | 'rtl';
  lang: string;
  /** Region that numbers and dates are written for. */
  locale: string;
}

const DEFAULT_LOCALE_BY_LANGUAGE: Record<string, string> = {
  en: 'en-US',
  fr: 'fr-FR',
  de: 'de-DE',
  ar: 'ar-AE',
};
const LANGUAGE_TAG = /^[a-z]{2}(-[A-Z]{2})?$/;

const readTag = (value: unknown, fallback: string) =>
  typeof value === 'string' && LANGUAGE_TAG.test(value) ? value : fallback;

export function readLook(query: Record<string, unknown>): Look {
  const lang = readTag(query.lang, 'en');
  const theme = query.theme === 'slds1' ? 'slds1' : 'slds2';
  return {
    theme,
    scheme: query.scheme === 'dark' && theme === 'slds2' ? 'dark' : 'light',
    dir: query.dir === 'rtl' ? 'rtl' : 'ltr',
    lang,
    locale: readTag(query.locale, DEFAULT_LOCALE_BY_LANGUAGE[lang] ?? lang),
  };
}
