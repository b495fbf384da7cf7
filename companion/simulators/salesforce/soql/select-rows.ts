import type { StoredRecord } from '../store/stored-record.ts';
import {
  compileComparison,
  type CompileContext,
  type CompiledComparison,
  type Predicate,
} from './compile-comparison.ts';
import { readWhere, type Expression } from './read-where.ts';
import type { WhereClause } from '@jetstreamapp/soql-parser-js';

/** A condition, with the ids it can be true for at most, where an index tells them. */
interface Condition {
  matches: Predicate;
  candidates: string[] | null;
}

/** The records that meet a WHERE clause, in the order in which they were made. */
export function selectRows(
  context: CompileContext,
  where: WhereClause | undefined,
  withDeleted: boolean,
): StoredRecord[] {
  const { store, scope } = context;
  const table = scope.object.schema.name;
  const condition = where === undefined ? null : compile(context, readWhere(where));
  const isWanted = (record: StoredRecord): boolean =>
    (withDeleted || record.IsDeleted !== true) && (condition?.matches(record) ?? true);
  const candidates = condition?.candidates ?? null;
  if (candidates === null) return [...store.rows(table).values()].filter(isWanted);
  const ids = [...new Set(candidates)].sort();
  return ids
    .map((id) => store.get(table, id))
    .filter((record) => record !== undefined)
    .filter(isWanted);
}

function compile(context: CompileContext, expression: Expression): Condition {
  if (expression.kind === 'comparison') {
    const compiled = compileComparison(context, expression.comparison);
    return { matches: compiled.matches, candidates: lookUp(context, compiled) };
  }
  if (expression.kind === 'not') {
    const { matches } = compile(context, expression.part);
    return { matches: (record) => !matches(record), candidates: null };
  }
  const parts = expression.parts.map((part) => compile(context, part));
  if (expression.kind === 'and') {
    const candidates = parts.find((part) => part.candidates !== null)?.candidates ?? null;
    return { matches: (record) => parts.every((part) => part.matches(record)), candidates };
  }
  return { matches: (record) => parts.some((part) => part.matches(record)), candidates: null };
}

function lookUp({ store, scope }: CompileContext, compiled: CompiledComparison): string[] | null {
  const { path, equalTo } = compiled;
  if (equalTo === null || path.parents.length > 0) return null;
  if (path.field.name === 'Id') return equalTo.map(String);
  if (!path.field.indexed) return null;
  return equalTo.flatMap((value) => store.find(scope.object.schema.name, path.field.name, value) ?? []);
}
