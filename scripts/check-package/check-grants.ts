import { filesOf, type MetadataFile, type PackageSource } from './package-source.ts';
import type { Problem } from './problem.ts';
import { problemAt } from './report-problem.ts';
import { childrenOf, textOf } from './xml-node.ts';

/** The admin's own field: Upflow reads it and never writes it. */
const ADMIN_FIELD = 'Account.Shared_Identifier__c';

/** Which fields each role may write; every role reads all of them. */
const mayEdit: Readonly<Record<string, (field: string) => boolean>> = {
  Upflow_Viewer: () => false,
  Upflow_Admin: (field) => field === ADMIN_FIELD,
  Upflow_Integration: (field) => field !== ADMIN_FIELD,
};

/** Every field of the package is granted by each role's permission set, and only as far as the role needs it. */
export function checkGrants(source: PackageSource): Problem[] {
  const fields = filesOf(source, 'CustomField').filter((file) => textOf(file.root, 'required') !== 'true');
  const sets = filesOf(source, 'PermissionSet');
  const missing = Object.keys(mayEdit).filter((name) => !sets.some((set) => set.name === name));
  return [
    ...missing.map((name) => ({
      file: `force-app/main/default/permissionsets/${name}.permissionset-meta.xml`,
      line: 0,
      rule: 'grants/role',
      message: `The permission set ${name} is missing: each role needs one.`,
    })),
    ...sets.flatMap((set) => checkSet(set, fields)),
    ...sets.flatMap(checkDependencies),
    ...checkUnseen(source, sets),
  ];
}

function checkSet(set: MetadataFile, fields: MetadataFile[]): Problem[] {
  const granted = new Map(
    childrenOf(set.root, 'fieldPermissions').map((node) => [textOf(node, 'field'), node]),
  );
  const editable = mayEdit[set.name] ?? (() => false);
  const described = textOf(set.root, 'description') !== '';
  const description = described
    ? []
    : [problemAt(set, set.root, 'grants/description', 'It has no <description>.')];
  return description.concat(
    fields.flatMap(({ name }) => {
      const node = granted.get(name);
      if (node === undefined || textOf(node, 'readable') !== 'true') {
        return [
          problemAt(
            set,
            node ?? set.root,
            'grants/unreadable',
            `${set.name} does not let its users read ${name}: add a <fieldPermissions> with <readable>true.`,
          ),
        ];
      }
      const wanted = editable(name);
      if (textOf(node, 'editable') === String(wanted)) return [];
      const message = `${set.name} ${wanted ? 'must' : 'must not'} let its users edit ${name}: set <editable> to ${String(wanted)}.`;
      return [problemAt(set, node, 'grants/editable', message)];
    }),
  );
}

/** No right on an object comes without the right to read it. */
function checkDependencies(set: MetadataFile): Problem[] {
  return childrenOf(set.root, 'objectPermissions')
    .filter(
      (node) => node.children.some(({ text }) => text === 'true') && textOf(node, 'allowRead') !== 'true',
    )
    .map((node) =>
      problemAt(set, node, 'grants/dependency', `Rights on ${textOf(node, 'object')} need <allowRead>true.`),
    );
}

/** Only admins see what an installation brings: an app or a tab that no permission set shows is seen by nobody else. */
function checkUnseen(source: PackageSource, sets: MetadataFile[]): Problem[] {
  const shown = (tag: string, name: string, flag: string, value: string): Set<string> =>
    new Set(
      sets
        .flatMap((set) => childrenOf(set.root, tag))
        .filter((node) => textOf(node, flag) === value)
        .map((node) => textOf(node, name)),
    );
  const apps = shown('applicationVisibilities', 'application', 'visible', 'true');
  const tabs = shown('tabSettings', 'tab', 'visibility', 'Visible');
  return [
    ...filesOf(source, 'CustomApplication').filter(({ name }) => !apps.has(name)),
    ...filesOf(source, 'CustomTab').filter(({ name }) => !tabs.has(name)),
  ].map((file) =>
    problemAt(file, null, 'grants/unseen', `No permission set shows ${file.name}: add it to one of them.`),
  );
}
