import { z } from 'zod';
import { userNames } from '../org/sample-users.ts';

/** Who sees and changes the records of others. */
export const sharingSettings = {
  /** Org-wide defaults by object; an object that is not named is public for reading and writing. */
  sharing: z.record(z.string(), z.enum(['Private', 'Read', 'ReadWrite', 'ControlledByParent'])).default({}),
  /** The role hierarchy: by user, those whose records the user sees and changes like own ones. */
  subordinates: z.partialRecord(z.enum(userNames), z.array(z.enum(userNames))).default({}),
};

export type SharingModel = z.infer<typeof sharingSettings.sharing>[string];
