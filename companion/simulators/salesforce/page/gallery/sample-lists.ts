import { NOT_FOUND, type GalleryItem, type SampleAnswer, type Wording } from './gallery-item.ts';
import { dayIn, largestAccount, LONGEST_WORD, pick, toUiFields, type Values } from './sample-account.ts';

const PATH_MINE = 'list-records/Account/upflow__Upflow_My_Overdue_Accounts';
const PATH_ALL = 'list-records/Account/upflow__Upflow_Overdue_Accounts';

type Row = readonly [
  name: string,
  amount: number,
  currency: string,
  daysLate: number,
  rating: string,
  next: string | null,
];

const ROWS: readonly Row[] = [
  ['Edge Communications', 62140.25, 'USD', 100, 'A', 'Second reminder'],
  ['Grand Hotels & Resorts Ltd', 41870, 'USD', 64, 'C', 'Call the accounts payable team'],
  ['Société Générale de Distribution', 18400.5, 'EUR', 31, 'B', 'First reminder'],
  ['Burlington Textiles Corp of America', 9120, 'USD', 12, 'B', null],
  ['Pyramid Construction Inc.', 730.4, 'USD', 2, 'D', 'Final notice'],
];

const toValues = ([Name, amount, currency, daysLate, rating, next]: Row): Values => ({
  Name,
  Overdue_Amount__c: amount,
  Balance_Currency__c: currency,
  Oldest_Overdue_Date__c: dayIn(-daysLate),
  Payer_Rating__c: rating,
  Next_Action__c: next,
});

/** Every state of the list of overdue Accounts. */
export function listLists({ picklistValue }: Wording): GalleryItem[] {
  const answer = (rows: Values[]): SampleAnswer => {
    const records = rows.map((values, index) => ({
      apiName: 'Account',
      id: `00100000000000${index}AAA`,
      fields: toUiFields(values, picklistValue),
    }));
    return { data: { records, count: records.length } };
  };
  const place = (name: string, title: string, given?: SampleAnswer, settings = {}): GalleryItem => ({
    name: `list-${name}`,
    title,
    component: 'upflowOverdueAccounts',
    properties: settings,
    ...(given === undefined ? {} : { answers: { [PATH_MINE]: given, [PATH_ALL]: given } }),
  });
  const all = ROWS.map(toValues);
  const some = all.map((values) => pick(values, ['Name', 'Overdue_Amount__c', 'Balance_Currency__c']));
  return [
    place('mine', 'The user’s own Accounts', answer(all)),
    place(
      'largest',
      'As large and as long as it gets',
      answer([{ ...largestAccount(), Name: LONGEST_WORD }, ...all]),
    ),
    place('partial', 'Some fields hidden', answer(some)),
    place('all', 'Setting: all Accounts', answer(all), { scope: 'All' }),
    place('rows', 'Setting: two Accounts at most', answer(all.slice(0, 2)), { rowCount: 2 }),
    place('empty', 'None of the user’s Accounts is late', answer([])),
    place('empty-all', 'No Account is late', answer([]), { scope: 'All' }),
    place('error', 'Error', NOT_FOUND),
    place('loading', 'Loading'),
  ];
}
