import type { ObjectSchema } from '../schema/build-schema.ts';
import type { Changes } from '../store/stored-record.ts';

/** The next number of each auto-number field, written in the field's own form: `BT-{00000}` gives `BT-00012`. */
export function countUp(object: ObjectSchema, serial: number): Changes {
  return Object.fromEntries(
    object.counted.map(({ name, format }) => [
      name,
      format.replace(/\{(0+)\}/, (_, zeros: string) => String(serial).padStart(zeros.length, '0')),
    ]),
  );
}
