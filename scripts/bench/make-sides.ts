/** Of ten customers one is missing in Salesforce, one is a duplicate, one is formatted differently. */
export function makeCustomer(index: number) {
  const id = `0b8e6c1e-${String(index % 9973).padStart(4, '0')}-4000-8000-${String(index).padStart(12, '0')}`;
  return {
    id,
    name: `${WORDS[index % WORDS.length] ?? ''} ${WORDS[(index * 7) % WORDS.length] ?? ''} ${index}`,
    externalId: customerValue(index),
    accountingRef: customerValue(index),
    currency: 'USD',
    amountOutstanding: 14_823_050 + index,
    amountDue: 8_609_000,
    amountOverdue: 6_214_025,
    countInvoicesDue: 4,
    countInvoicesOverdue: 3,
    ageing: { days1To30: 3_100_000, days31To60: 1_764_025, days61To90: 900_000, over90: 450_000 },
    averagePaymentDelay: 17.8,
    rating: 'A',
    collectionStatus: 'ACTIVE',
    directUrl: `https://app.upflow.io/customers/${id}`,
    customFields: [{ id: 'tier', name: 'Tier', type: 'SELECT', value: 'Gold' }],
    updatedAt: '2026-11-22T10:15:29.870Z',
  };
}

/** Two customers in ten share the value of another: one duplicate each. */
export function customerValue(index: number): string {
  const value = `ERP-${index}`;
  if (index % 10 === 0) return `NOWHERE-${index}`;
  if (index % 10 === 2) return ` erp-${index}`;
  return value;
}

/** The Account of each customer; that of a missing one is the twin of the next, which makes it a duplicate. */
export function makeAccount(index: number, count: number): [id: string, name: string, value: string] {
  const id = `001Vq${String(index).padStart(10, '0')}IAA`;
  const value = index % 10 === 0 && index + 1 < count ? `ERP-${index + 1}` : `ERP-${index}`;
  return [id, `${WORDS[index % WORDS.length] ?? ''} Account ${index}`, value];
}

const WORDS = [
  'Halden',
  'Northshore',
  'Lumière',
  'Tamarack',
  'Oakhurst',
  'Brightwater',
  'Kestrel',
  'Ferreira',
  'Yamabuki',
  'Edge',
  'Communications',
  'Freight',
  'Dental',
  'Robotics',
  'Linen',
  'Bottling',
  'Aviation',
  'Azulejos',
];
