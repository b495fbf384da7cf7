import type { Changes } from '../store/stored-record.ts';

const people: [first: string, last: string, title: string][] = [
  ['Rosalind', 'Achterberg', 'Chief Financial Officer'],
  ['Tomás', 'Villanueva', 'Accounts Payable Manager'],
  ['Ingeborg', 'Sandvik', 'Controller'],
  ['Priya', 'Raghunathan', 'Head of Procurement'],
  ['Desmond', 'Okonjo', 'Accountant'],
];

/** One or two people at each sample Account; every sixth has none. */
export function sampleContacts(index: number): Changes[] {
  if (index % 6 === 5) return [];
  return people
    .filter((_, person) => person === index % 5 || person === (index * 2 + 1) % 5)
    .map(describePerson);

  function describePerson([first, last, title]: (typeof people)[number]): Changes {
    const address = `${first}.${last}`
      .normalize('NFD')
      .toLowerCase()
      .replace(/[^a-z.]/g, '');
    return {
      FirstName: first,
      LastName: last,
      Title: title,
      Email: `${address}@company-${index + 1}.example`,
    };
  }
}
