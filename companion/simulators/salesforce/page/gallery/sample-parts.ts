import type { GalleryItem, Wording } from './gallery-item.ts';
import { fullAccount, inDays } from './sample-account.ts';

const BUCKETS = [
  ['due', 'Due'],
  ['late1', 'Late_1_30'],
  ['late2', 'Late_31_60'],
  ['late3', 'Late_61_90'],
  ['late4', 'Late_Over_90'],
] as const;

/** The bar and legend of the ageing, for balances of different make. */
export function listAgeingBars({ label }: Wording): GalleryItem[] {
  const show = (name: string, title: string, amounts: readonly number[], currency = 'USD'): GalleryItem => ({
    name: `ageing-${name}`,
    title,
    component: 'upflowAgeingBar',
    properties: {
      buckets: amounts.map((amount, index) => {
        const [key, labelName] = BUCKETS[index] ?? BUCKETS[0];
        return { key, label: label(labelName), amount };
      }),
      currency,
    },
  });
  return [
    show('all', 'Something of every age', [86090.25, 31000, 17640.25, 9000, 4500]),
    show('one', 'All of one age, in yen', [0, 0, 0, 0, 14000000], 'JPY'),
    show('sliver', 'A small part beside a large one', [9_999_000, 1000, 0, 0, 0], 'EUR'),
    show('credit', 'Credits in one age', [12000, -300, 2500, 0, 0]),
    show('some', 'Some ages hidden from the user', [86090.25, 31000]),
    show('nothing', 'Nothing open', [0, 0, 0, 0, 0]),
  ];
}

/** The sentence about the state of the figures, in every kind. */
export function listNotices({ label }: Wording): GalleryItem[] {
  const show = (variant: string, title: string, message: string): GalleryItem => ({
    name: `notice-${variant}`,
    title,
    component: 'upflowNotice',
    properties: { variant, message },
  });
  return [
    show('success', 'All is well', label('All_Clear')),
    show('info', 'Good to know', label('Empty')),
    show('lock', 'Not allowed', label('No_Access')),
    show('warning', 'To be done', label('Attention_No_Reason')),
    show('error', 'Failed', label('Accounts_Failed')),
  ];
}

/** The link to the customer portal, or why there is none. */
export function listPortalLinks(): GalleryItem[] {
  const url = fullAccount().Portal_Link__c;
  const show = (name: string, title: string, properties: object): GalleryItem => ({
    name: `portal-${name}`,
    title,
    component: 'upflowPortalLink',
    properties: { ...properties },
  });
  return [
    show('valid', 'Valid', { url, expires: inDays(60) }),
    show('no-end', 'Valid without end', { url, expires: null }),
    show('expired', 'Expired', { url, expires: inDays(-2) }),
    show('absent', 'None', { url: null, expires: null }),
    show('unsafe', 'Not a secure address', { url: 'javascript:alert(1)', expires: inDays(60) }),
  ];
}
