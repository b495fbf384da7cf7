import type { FieldDefinition } from '../schema/field-definition.ts';
import type { FieldValue } from '../store/stored-record.ts';
import { matchesLike } from './match-like.ts';
import { comparable, type Literal } from './read-literal.ts';

export type Test = (value: FieldValue | null) => boolean;

/** Compiles what one operator says about a comparable value; null where it says nothing about such a field. */
export function compileTest(field: FieldDefinition, operator: string, literals: Literal[]): Test | null {
  const [literal = { kind: 'null' } as const] = literals;
  switch (operator) {
    case 'IN':
      return compileList(literals);
    case 'NOT IN':
      return negate(compileList(literals));
    case 'INCLUDES':
      return compileIncludes(field, literals);
    case 'EXCLUDES':
      return negate(compileIncludes(field, literals));
    default:
      return field.type === 'multipicklist' ? compileChoice(operator, literal) : compare(literal, operator);
  }
}

/** `LIKE`, which only texts have. */
export function compileLike(field: FieldDefinition, quoted: string): Test | null {
  return typeof comparable(field, '') === 'string' && likeTypes.includes(field.type)
    ? matchesLike(quoted)
    : null;
}

const likeTypes: readonly string[] = ['string', 'textarea', 'picklist', 'url', 'phone', 'email'];

function negate(test: Test | null): Test | null {
  return test === null ? null : (value) => !test(value);
}

function compileList(literals: Literal[]): Test | null {
  const isPlain = literals.every(({ kind }) => kind === 'value' || kind === 'null');
  if (!isPlain) {
    const tests = literals.flatMap((literal) => compare(literal, '=') ?? []);
    return (value) => tests.some((test) => test(value));
  }
  const set = new Set(literals.map((literal) => (literal.kind === 'value' ? literal.value : null)));
  return (value) => set.has(value);
}

const choicesOf = (value: FieldValue): string[] => String(value).split(';');

/** A choice list holds one of the wanted combinations: `'A;B'` asks for both A and B. */
function compileIncludes(field: FieldDefinition, literals: Literal[]): Test | null {
  if (field.type !== 'multipicklist') return null;
  const wanted = literals.flatMap((literal) => (literal.kind === 'value' ? [choicesOf(literal.value)] : []));
  return (value) => {
    if (value === null) return false;
    const chosen = choicesOf(value);
    return wanted.some((combination) => combination.every((choice) => chosen.includes(choice)));
  };
}

/** A choice list as a whole, whatever the order in which the choices are written. */
function compileChoice(operator: string, literal: Literal): Test | null {
  if (operator !== '=' && operator !== '!=') return null;
  const arrange = (value: FieldValue): string => choicesOf(value).sort().join(';');
  const wanted = literal.kind === 'value' ? arrange(literal.value) : null;
  const test: Test = (value) => (value === null ? null : arrange(value)) === wanted;
  return operator === '=' ? test : negate(test);
}

function compare(literal: Literal, operator: string): Test | null {
  if (literal.kind === 'null') {
    if (operator === '=') return (value) => value === null;
    return operator === '!=' || operator === '<>' ? (value) => value !== null : null;
  }
  if (literal.kind === 'range') return compareWithRange(literal.from, literal.to, operator);
  const wanted = literal.kind === 'value' ? literal.value : literal.amount;
  if (typeof wanted === 'boolean' && operator !== '=' && operator !== '!=' && operator !== '<>') return null;
  const tests: Record<string, Test> = {
    '=': (value) => value === wanted,
    '!=': (value) => value !== wanted,
    '<>': (value) => value !== wanted,
    '<': (value) => value !== null && value < wanted,
    '<=': (value) => value !== null && value <= wanted,
    '>': (value) => value !== null && value > wanted,
    '>=': (value) => value !== null && value >= wanted,
  };
  return tests[operator] ?? null;
}

/** A range stands for its start or its end, as the operator needs: after today means after its last moment. */
function compareWithRange(from: string, to: string, operator: string): Test | null {
  const tests: Record<string, Test> = {
    '=': (value) => value !== null && value >= from && value < to,
    '!=': (value) => value === null || value < from || value >= to,
    '<>': (value) => value === null || value < from || value >= to,
    '<': (value) => value !== null && value < from,
    '<=': (value) => value !== null && value < to,
    '>': (value) => value !== null && value >= to,
    '>=': (value) => value !== null && value >= from,
  };
  return tests[operator] ?? null;
}
