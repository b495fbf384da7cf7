import { planMaintenance } from '../faults/check-maintenance.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { settingNames, settingsShape, type Settings } from '../org/settings.ts';
import { explainIssues } from './explain-issues.ts';

export type SettingsChange = { ok: true } | { ok: false; error: string };

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

/** Permission sets may be given with or without the package's namespace; those given are added user by user. */
function apply(org: SimulatedOrg, settings: Settings): SettingsChange {
  const prefix = `${org.installed.namespace}__`;
  const known = org.installed.permissionSets;
  const assigned = Object.entries({ ...org.settings.permissionSets, ...settings.permissionSets }).map(
    ([user, names = []]) => [user, names.map((name) => name.replace(prefix, ''))] as const,
  );
  const missing = assigned.flatMap(([, names]) => names.filter((name) => !known.has(name)));
  if (missing.length > 0) {
    const names = [...known.keys()].join(', ');
    return { ok: false, error: `No permission set ${missing.join(', ')}. The package has: ${names}.` };
  }
  const maintenance = planMaintenance(settings.maintenance, org.clock.now());
  org.changeSettings({ ...settings, maintenance, permissionSets: Object.fromEntries(assigned) });
  return { ok: true };
}
