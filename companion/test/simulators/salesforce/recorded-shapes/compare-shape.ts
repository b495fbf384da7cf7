import { normalizeId } from '../../../../simulators/salesforce/org/salesforce-ids.ts';
import type { Shape } from './shape.ts';

/** Every place where a value is not of a shape, with what is wrong there; none when it is. */
export function compareShape(value: unknown, shape: Shape, place = 'body'): string[] {
  if (shape === 'anything') return [];
  if (shape instanceof RegExp) {
    return typeof value === 'string' && shape.test(value) ? [] : [differs(place, String(shape), value)];
  }
  if (typeof shape === 'string') return isOf(value, shape) ? [] : [differs(place, shape, value)];
  if (isList(shape)) return compareList(value, shape, place);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [differs(place, 'an object', value)];
  }
  return compareKeys(value as Record<string, unknown>, shape, place);
}

function isList(shape: Shape): shape is readonly [Shape] | readonly [] {
  return Array.isArray(shape);
}

function compareList(value: unknown, shape: readonly [Shape] | readonly [], place: string): string[] {
  if (!Array.isArray(value)) return [differs(place, 'a list', value)];
  const [element] = shape;
  if (element === undefined) return value.length === 0 ? [] : [differs(place, 'an empty list', value)];
  if (value.length === 0) return [differs(place, 'a list with something in it', value)];
  return value.flatMap((item, index) => compareShape(item, element, `${place}[${index}]`));
}

function compareKeys(
  value: Record<string, unknown>,
  shape: Readonly<Record<string, Shape>>,
  place: string,
): string[] {
  const known = new Map(Object.entries(shape).map(([key, part]) => [key.replace(/\?$/, ''), part]));
  const missing = Object.keys(shape).filter((key) => !key.endsWith('?') && !(key in value));
  const extra = Object.keys(value).filter((key) => !known.has(key));
  return [
    ...missing.map((key) => `${place}.${key} is missing`),
    ...extra.map((key) => `${place}.${key} is not in the recording`),
    ...[...known].flatMap(([key, part]) =>
      key in value ? compareShape(value[key], part, `${place}.${key}`) : [],
    ),
  ];
}

function isOf(value: unknown, shape: string): boolean {
  if (shape === 'id') return typeof value === 'string' && value.length === 18 && normalizeId(value) === value;
  if (shape === 'datetime') {
    return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/.test(value);
  }
  return shape.split(' or ').includes(value === null ? 'null' : typeof value);
}

function differs(place: string, wanted: string, value: unknown): string {
  return `${place} should be ${wanted}, and is ${JSON.stringify(value)}`;
}
