import { toIdentifier, type IdentifierKind } from '../salesforce/identifier-value.ts';

/** Spaces of every kind, and characters that show nothing. */
const SPACES = /[\s\u00ad\u200b-\u200d\u2060\ufeff]+/gu;
const PLAIN = /^[a-z1-9][a-z0-9._-]*$/;

/**
 * What remains of an identifier without its formatting: two that have the same are suspected to name the same
 * customer. Only ever a suspicion: a person decides.
 *
 * @param identifier in the form in which it is compared
 */
export function toLooseForm(identifier: string, kind: IdentifierKind): string {
  if (kind === 'text' && PLAIN.test(identifier)) return identifier;
  const compact = identifier.normalize('NFKC').replace(SPACES, '');
  if (compact === '') return identifier;
  // Ids are told apart by the case of their letters; the long form keeps that apart in its last three.
  const whole = toIdentifier(compact, kind) ?? compact;
  const lowered = whole.toLowerCase();
  if (kind === 'id') return lowered;
  const withoutZeros = lowered.replace(/^0+(?=.)/, '');
  return kind === 'number' ? (toIdentifier(withoutZeros, 'number') ?? withoutZeros) : withoutZeros;
}

/** Names what differs between two identifiers of the same loose form, such as `leading zeros and letter case`. */
export function describeDifference(a: string, b: string): string {
  const steps: [name: string, apply: (text: string) => string][] = [
    ['spaces at the ends', (text) => text.trim()],
    ['full-width or other special characters', (text) => text.normalize('NFKC')],
    ['spaces', (text) => text.replace(SPACES, '')],
    ['letter case', (text) => text.toLowerCase()],
    ['leading zeros', (text) => text.replace(/^0+(?=.)/, '')],
  ];
  const applyAllBut = (text: string, skipped: number) =>
    steps.reduce((result, [, step], index) => (index === skipped ? result : step(result)), text);
  let [left, right] = [a, b];
  const found: string[] = [];
  for (const [index, [name, step]] of steps.entries()) {
    const [nextLeft, nextRight] = [step(left), step(right)];
    const changesOne = (nextLeft === left) !== (nextRight === right);
    if (changesOne || applyAllBut(a, index) !== applyAllBut(b, index)) found.push(name);
    [left, right] = [nextLeft, nextRight];
  }
  return list(found);
}

function list(names: string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
