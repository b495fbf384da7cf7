import type { SaveOptions } from './write-context.ts';

const FIRST_VERSION_WITH_DUPLICATE_HEADER = 52;

/**
 * Reads the headers that say how rules are to run.
 * https://developer.salesforce.com/docs/platform/api-rest/guide/headers-duplicaterules.html
 * https://developer.salesforce.com/docs/platform/api-rest/guide/headers-autoassign.html
 */
export function readSaveHeaders(headers: Readonly<Record<string, string>>, version: number): SaveOptions {
  const options: SaveOptions = {};
  const duplicates = headers['sforce-duplicate-rule-header'];
  if (duplicates !== undefined && version >= FIRST_VERSION_WITH_DUPLICATE_HEADER) {
    const isSet = (name: string): boolean => new RegExp(`\\b${name}\\s*=\\s*true\\b`, 'i').test(duplicates);
    options.duplicateRule = {
      allowSave: isSet('allowSave'),
      includeRecordDetails: isSet('includeRecordDetails'),
      runAsCurrentUser: isSet('runAsCurrentUser'),
    };
  }
  const assign = headers['sforce-auto-assign'];
  if (assign !== undefined) options.autoAssign = assign.trim().toLowerCase() !== 'false';
  return options;
}
