import type { ColumnType } from 'kysely';

/** A JSON column: read parsed, written as text. */
export type Json<Value> = ColumnType<Value, string, string>;
