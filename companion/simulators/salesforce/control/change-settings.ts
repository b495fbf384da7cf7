import {
  assignPermissionSets,
  listAssignments,
  listPermissionSets,
} from '../access/assign-permission-sets.ts';
import { planMaintenance } from '../faults/check-maintenance.ts';
import { isObject } from '../http/parse-json-body.ts';
import type { UserName } from '../org/sample-users.ts';
import { settingNames, settingsShape, type Settings } from '../org/settings.ts';
import type { SimulatedOrg } from '../org/simulated-org.ts';
import { ControlError } from './control-error.ts';
import { explainIssues } from './explain-issues.ts';
import { settleRuleNames } from './settle-rule-names.ts';

/** The settings as they are. Who has which permission set is read from the rows, which an admin may have changed. */
export function showSettings(org: SimulatedOrg): Settings {
  return { ...org.settings, permissionSets: listAssignments(org) };
}

/** Merges settings into the present ones. One that does not exist is refused, with the names of those that do. */
export function changeSettings(org: SimulatedOrg, input: unknown): void {
  if (!isObject(input)) throw new ControlError('Settings must be a JSON object.');
  const unknown = Object.keys(input).filter((name) => !settingNames.includes(name));
  if (unknown.length > 0) {
    throw new ControlError(`Unknown: ${unknown.join(', ')}. The settings are: ${settingNames.join(', ')}.`);
  }
  const parsed = settingsShape.safeParse({ ...org.settings, ...input });
  if (!parsed.success) throw new ControlError(explainIssues(parsed.error));
  const settled = settleRuleNames(org, parsed.data);
  for (const [user, names] of settlePermissionSets(org, settled)) assignPermissionSets(org, user, names);
  const maintenance = planMaintenance(settled.maintenance, org.clock.now());
  // The rows know from now on who has which set; to keep it here as well would be to keep what may change there.
  org.changeSettings({ ...settled, maintenance, permissionSets: {} });
}

/** Permission sets may be given with or without the package's namespace. */
function settlePermissionSets(org: SimulatedOrg, { permissionSets }: Settings): [UserName, string[]][] {
  const prefix = `${org.installed.namespace}__`;
  const known = listPermissionSets(org);
  const assigned = Object.entries(permissionSets).map(([user, names = []]): [UserName, string[]] => [
    user as UserName,
    names.map((name) => name.replace(prefix, '')),
  ]);
  const missing = assigned.flatMap(([, names]) => names.filter((name) => !known.includes(name)));
  if (missing.length === 0) return assigned;
  throw new ControlError(`No permission set ${missing.join(', ')}. The package has: ${known.join(', ')}.`);
}
