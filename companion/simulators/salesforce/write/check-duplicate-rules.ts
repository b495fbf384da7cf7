import type { VisibleObject } from '../access/resolve-access.ts';
import { compileVisibility } from '../access/sharing.ts';
import type { RowError } from '../http/api-error.ts';
import { NEWEST_API_VERSION } from '../http/api-versions.ts';
import { describeAttributes, renderRecord } from '../read/render-record.ts';
import { foldValue, type FieldValue, type StoredRecord } from '../store/stored-record.ts';
import { isChanged, previewField, type Draft } from './draft.ts';
import { findByKey } from './find-by-key.ts';
import type { DuplicateRule } from './rule-settings.ts';

/** Refuses what the admin's rules take for a duplicate, unless the client passes over an alert. */
export function checkDuplicateRules(draft: Draft): RowError[] {
  const { context, object } = draft;
  return context.org.settings.duplicateRules
    .filter((rule) => rule.object === object.schema.name && isAsked(draft, rule))
    .filter((rule) => !(rule.action === 'Alert' && context.duplicateRule?.allowSave === true))
    .flatMap((rule) => {
      const matches = findMatches(draft, rule);
      return matches.length === 0 ? [] : [refuseDuplicate(draft, rule, matches)];
    });
}

/** A rule runs on edit only where the edit changes what it matches on. */
function isAsked(draft: Draft, rule: DuplicateRule): boolean {
  if (draft.id === null) return rule.onCreate;
  return rule.onUpdate && rule.matchOn.some((name) => isChanged(draft, name));
}

function findMatches(draft: Draft, rule: DuplicateRule): StoredRecord[] {
  const { context, object, id } = draft;
  const wanted = rule.matchOn.flatMap((name) => {
    const value = previewField(draft, name);
    return value === null ? [] : ([[name, value]] as const);
  });
  // A blank matches nothing.
  if (wanted.length < rule.matchOn.length) return [];
  const isVisible =
    context.duplicateRule?.runAsCurrentUser === true ? compileVisibility(context, object) : () => true;
  return listCandidates(draft, wanted).filter(
    (record) =>
      record.IsDeleted !== true &&
      record.Id !== id &&
      wanted.every(([name, value]) => fold(record[name] ?? '') === fold(value)) &&
      isVisible(record),
  );
}

function fold(value: FieldValue): string {
  return foldValue(value, false).trim();
}

/** Looks up by a field with an index, where the rule has one; otherwise every record is looked at. */
function listCandidates(
  { context, object }: Draft,
  wanted: (readonly [string, FieldValue])[],
): StoredRecord[] {
  const { store } = context.org;
  const table = object.schema.name;
  for (const [name, value] of wanted) {
    const field = object.schema.fields.get(name.toLowerCase());
    if (field?.indexed !== true || field.caseSensitive) continue;
    const ids = findByKey(context.org, table, field, value);
    return ids.map((id) => store.get(table, id)).filter((record) => record !== undefined);
  }
  return [...store.rows(table).values()];
}

function refuseDuplicate(draft: Draft, rule: DuplicateRule, matches: StoredRecord[]): RowError {
  const { message } = rule;
  const matchResult = {
    entityType: rule.object,
    errors: [],
    matchEngine: 'ExactMatchEngine',
    matchRecords: matches.map((record) => ({
      additionalInformation: [],
      fieldDiffs: [],
      matchConfidence: 100,
      record: showMatch(draft, record),
    })),
    rule: rule.matchingRule ?? `${rule.name}_Match`,
    size: matches.length,
    success: true,
  };
  const duplicateResut = {
    allowSave: rule.action === 'Alert',
    duplicateRule: rule.name,
    duplicateRuleEntityType: rule.object,
    errorMessage: message,
    matchResults: [matchResult],
  };
  return { statusCode: 'DUPLICATES_DETECTED', message, fields: [], duplicateResut };
}

/** The record that is there already: its id, or all its fields where the client asks for details. */
function showMatch({ context, object }: Draft, record: StoredRecord): object {
  const base = context.base ?? `/services/data/v${NEWEST_API_VERSION}.0`;
  if (context.duplicateRule?.includeRecordDetails === true) return describeWhole(base, object, record);
  return { attributes: describeAttributes(base, object.schema.name, record.Id), Id: record.Id };
}

function describeWhole(base: string, object: VisibleObject, record: StoredRecord): object {
  return renderRecord({ base }, object, record, object.fields.values());
}
