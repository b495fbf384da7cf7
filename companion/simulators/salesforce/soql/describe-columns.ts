import type { FieldType as SelectedField } from '@jetstreamapp/soql-parser-js';
import type { Caller } from '../http/api-call.ts';
import type { Answer } from '../http/send-answer.ts';
import { numericTypes, type FieldType } from '../schema/field-definition.ts';
import { parseSoql } from './parse-soql.ts';
import { unknownObject } from './query-error.ts';
import type { NameScope } from './query-scope.ts';
import { resolvePath, type FieldPath } from './resolve-path.ts';

/** A column as Salesforce's own tools ask for it; a parent's fields are the columns that it joins. */
interface Column {
  aggregate: boolean;
  apexType: string | null;
  booleanType: boolean;
  columnName: string;
  custom: boolean;
  displayName: string;
  foreignKeyName: string | null;
  insertable: boolean;
  joinColumns: Column[];
  numberType: boolean;
  textType: boolean;
  updatable: boolean;
}

/** GET /query?q=…&columns=true: what the columns of a query are, without its rows. */
export function describeColumns(call: Caller, text: string): Answer {
  const query = parseSoql(text);
  const object = call.access.get(query.sObject?.toLowerCase() ?? '');
  if (object === undefined) throw unknownObject(text, query.sObject ?? '');
  const scope: NameScope = { query: text, access: call.access, object, alias: query.sObjectAlias };
  let unnamed = 0;
  const columns = (query.fields ?? []).map((field) =>
    describeSelected(scope, field, () => `expr${unnamed++}`),
  );
  const body = {
    columnMetadata: columns,
    entityName: object.schema.name,
    groupBy: query.groupBy !== undefined,
    idSelected: columns.some((column) => column.columnName === 'Id'),
    keyPrefix: object.schema.keyPrefix,
  };
  return { status: 200, body };
}

function describeSelected(scope: NameScope, field: SelectedField, inventName: () => string): Column {
  if (field.type === 'Field') return describeField(resolvePath(scope, field.field));
  if (field.type === 'FieldRelationship') {
    return describePath(resolvePath(scope, [...field.relationships, field.field].join('.')));
  }
  if (field.type === 'FieldFunctionExpression') {
    const shown = field.rawValue ?? field.functionName;
    return { ...blankColumn(field.alias ?? inventName(), shown), aggregate: true };
  }
  if (field.type !== 'FieldSubquery') return blankColumn(field.type, field.type);
  const { relationshipName, fields = [] } = field.subquery;
  const names = fields.flatMap((inner) => (inner.type === 'Field' ? [inner.field] : []));
  const joinColumns = names.map((name) => blankColumn(name, name));
  return { ...blankColumn(relationshipName, relationshipName), aggregate: true, joinColumns };
}

function describePath({ parents, ...rest }: FieldPath): Column {
  return parents.reduceRight<Column>(
    (column, { lookup }) => {
      const name = lookup.relationshipName ?? lookup.name;
      return { ...blankColumn(name, name), foreignKeyName: lookup.name, joinColumns: [column] };
    },
    describeField({ parents, ...rest }),
  );
}

function describeField({ field }: FieldPath): Column {
  const apexType = apexTypes[field.type] ?? 'String';
  return {
    ...blankColumn(field.name, field.name),
    apexType,
    booleanType: field.type === 'boolean',
    custom: field.custom,
    insertable: field.editable,
    numberType: numericTypes.includes(field.type),
    textType: apexType === 'String',
    updatable: field.editable,
  };
}

const apexTypes: Partial<Record<FieldType, string>> = {
  id: 'Id',
  reference: 'Id',
  boolean: 'Boolean',
  int: 'Integer',
  double: 'Double',
  percent: 'Double',
  currency: 'Decimal',
  date: 'Date',
  datetime: 'Datetime',
  address: 'Address',
};

function blankColumn(columnName: string, displayName: string): Column {
  return {
    aggregate: false,
    apexType: null,
    booleanType: false,
    columnName,
    custom: false,
    displayName,
    foreignKeyName: null,
    insertable: false,
    joinColumns: [],
    numberType: false,
    textType: false,
    updatable: false,
  };
}
