/** What an org can have switched on. Some objects and fields exist only with it. */
export type Feature = 'multiCurrency' | 'advancedCurrency' | 'personAccounts' | 'recordTypes';

/** What this org has switched on at present. */
export interface OrgFeatures {
  multiCurrency: boolean;
  advancedCurrency: boolean;
  personAccounts: boolean;
  /** Objects that have record types of their own, by lower-case name. */
  withRecordTypes: ReadonlySet<string>;
}

/** Whether an object, or one of its fields, exists in an org with these features. */
export function isAvailable(feature: Feature | null, object: string, features: OrgFeatures): boolean {
  if (feature === null) return true;
  if (feature === 'recordTypes') return features.withRecordTypes.has(object.toLowerCase());
  return features[feature];
}
