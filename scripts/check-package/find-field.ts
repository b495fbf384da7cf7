import { standardFields } from './known-platform.ts';
import { filesOf, type PackageSource } from './package-source.ts';

/** Whether a field exists: one of the package, or a standard one. */
export function hasField(source: PackageSource, field: string): boolean {
  if (filesOf(source, 'CustomField').some(({ name }) => name === field)) return true;
  const [object = '', name = ''] = field.split('.');
  return standardFields[object]?.includes(name) ?? false;
}

/** The names of all fields of an object. */
export function listFields(source: PackageSource, object: string): string[] {
  const own = filesOf(source, 'CustomField').flatMap(({ name }) => {
    const [holder, field = ''] = name.split('.');
    return holder === object ? field : [];
  });
  return [...own, ...(standardFields[object] ?? [])];
}
