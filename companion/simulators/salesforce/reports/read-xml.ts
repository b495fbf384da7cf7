import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { ReportError } from './report-error.ts';

/** Elements that may stand more than once, in reports, report types and list views. */
const repeated = new Set([
  'aggregateTypes',
  'buckets',
  'columns',
  'criteriaItems',
  'crossFilters',
  'filters',
  'folderShares',
  'groupingsAcross',
  'groupingsDown',
  'sections',
  'sourceValues',
  'values',
]);
const parser = new XMLParser({ parseTagValue: false, isArray: (name) => repeated.has(name) });

export const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

/** One of the words that are supported; any other is refused by its name. */
export function oneOf<const Words extends readonly [string, ...string[]]>(
  words: Words,
): z.ZodEnum<{ [W in Words[number]]: W }> {
  return z.enum(words, { error: ({ input }) => `${String(input)} is not supported` });
}

/** Reads a metadata file. An element that the shape does not have is refused by its name, never ignored. */
export function readXml<Shape extends z.ZodType>(
  xml: string,
  root: string,
  name: string,
  shape: Shape,
): z.output<Shape> {
  const document = z.object({ [root]: shape }).safeParse(parser.parse(xml));
  if (document.success) return document.data[root] as z.output<Shape>;
  throw new ReportError(
    `${root} ${name} cannot be run here: ${document.error.issues.map(explain).join('; ')}.`,
  );
}

function explain(issue: z.core.$ZodIssue): string {
  const path = issue.path.slice(1).filter((step) => typeof step === 'string');
  if (issue.code !== 'unrecognized_keys') return `${path.join('.')}: ${issue.message}`;
  const elements = issue.keys.map((key) => [...path, key].join('.'));
  return `${elements.join(', ')} is not supported`;
}
