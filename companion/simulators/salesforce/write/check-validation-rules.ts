import type { RowError } from '../http/api-error.ts';
import type { ValidationRule } from './rule-settings.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import type { FieldValue } from '../store/stored-record.ts';
import type { Changes } from '../store/stored-record.ts';

/** Applies the admin's rules to the record as it would be saved. All that fire are reported. */
export function checkValidationRules(org: SimulatedOrg, object: string, record: Changes): RowError[] {
  return org.settings.validationRules
    .filter((rule) => rule.object === object && fires(rule, readField(org, record, rule.field)))
    .map(({ message, errorField }) => ({
      statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message,
      fields: errorField === undefined ? [] : [errorField],
    }));
}

function readField(org: SimulatedOrg, record: Changes, field: string): FieldValue | null {
  return record[field] ?? record[`${org.installed.namespace}__${field}`] ?? null;
}

function fires(rule: ValidationRule, value: FieldValue | null): boolean {
  const conditions = [
    rule.whenEquals === undefined || value === rule.whenEquals,
    rule.whenStartsWith === undefined || String(value ?? '').startsWith(rule.whenStartsWith),
    rule.whenContains === undefined || String(value ?? '').includes(rule.whenContains),
    rule.whenGreaterThan === undefined || (typeof value === 'number' && value > rule.whenGreaterThan),
  ];
  return conditions.every(Boolean);
}
