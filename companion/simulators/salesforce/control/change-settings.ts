import { planMaintenance } from '../faults/check-maintenance.ts';
import {
  assignPermissionSets,
  listAssignments,
  listPermissionSets,
} from '../access/assign-permission-sets.ts';
import type { UserName } from '../org/sample-users.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { settingNames, settingsShape, type Settings } from '../org/settings.ts';
import { explainIssues } from './explain-issues.ts';
import { settleRuleNames, UnknownNameError } from './settle-rule-names.ts';

export type SettingsChange = { ok: true } | { ok: false; error: string };

/** The settings as they are. Who has which permission set is read from the rows, which an admin may have changed. */
export function showSettings(org: SimulatedOrg): Settings {
  return { ...org.settings, permissionSets: listAssignments(org) };
}

/** Merges settings into the present ones. One that does not exist is refused, with the names of those that do. */
export function changeSettings(org: SimulatedOrg, input: unknown): SettingsChange {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return { ok: false, error: 'Settings must be a JSON object.' };
  }
  const unknown = Object.keys(input).filter((name) => !settingNames.includes(name));
  if (unknown.length > 0) {
    return {
      ok: false,
      error: `Unknown: ${unknown.join(', ')}. The settings are: ${settingNames.join(', ')}.`,
    };
  }
  const parsed = settingsShape.safeParse({ ...org.settings, ...input });
  if (!parsed.success) return { ok: false, error: explainIssues(parsed.error) };
  return apply(org, parsed.data);
}

/** Permission sets may be given with or without the package's namespace; those given are assigned user by user. */
function apply(org: SimulatedOrg, settings: Settings): SettingsChange {
  const prefix = `${org.installed.namespace}__`;
  const known = listPermissionSets(org);
  const assigned = Object.entries(settings.permissionSets).map(
    ([user, names = []]) => [user as UserName, names.map((name) => name.replace(prefix, ''))] as const,
  );
  const missing = assigned.flatMap(([, names]) => names.filter((name) => !known.includes(name)));
  if (missing.length > 0) {
    return {
      ok: false,
      error: `No permission set ${missing.join(', ')}. The package has: ${known.join(', ')}.`,
    };
  }
  const settled = settle(org, settings);
  if ('error' in settled) return { ok: false, error: settled.error };
  for (const [user, names] of assigned) assignPermissionSets(org, user, names);
  const maintenance = planMaintenance(settings.maintenance, org.clock.now());
  // The rows know from now on who has which; to keep it here as well would be to keep what may change there.
  org.changeSettings({ ...settled, maintenance, permissionSets: {} });
  return { ok: true };
}

/** Names of objects and fields as the org has them, or which of them it does not have. */
function settle(org: SimulatedOrg, settings: Settings): Settings | { error: string } {
  try {
    return settleRuleNames(org, settings);
  } catch (error) {
    if (error instanceof UnknownNameError) return { error: error.message };
    throw error;
  }
}
