import { z } from 'zod';
import { sharingSettings } from '../access/sharing-settings.ts';
import { bulkSettings } from '../bulk/bulk-settings.ts';
import { limitSettings } from '../faults/limit-settings.ts';
import { oauthSettings } from '../oauth/oauth-settings.ts';
import { featureSettings } from '../schema/feature-settings.ts';
import { querySettings } from '../soql/query-settings.ts';
import { ruleSettings } from '../write/rule-settings.ts';

/** Every setting; the names are what `PUT /_simulator/settings` accepts. */
export const settingsShape = z.strictObject({
  ...limitSettings,
  ...featureSettings,
  ...oauthSettings,
  ...querySettings,
  ...ruleSettings,
  ...bulkSettings,
  ...sharingSettings,
});

export type Settings = z.infer<typeof settingsShape>;

export const defaultSettings: Settings = settingsShape.parse({});
export const settingNames: readonly string[] = Object.keys(settingsShape.shape);
