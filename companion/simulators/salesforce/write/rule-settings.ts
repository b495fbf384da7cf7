import { z } from 'zod';
import { userNames } from '../org/sample-users.ts';
import { conditionShape } from './rule-conditions.ts';

const object = z.string().default('Account');
const fieldValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** A validation rule of the org's admin, as far as tests need one: a condition on one field. */
const validationRule = z.strictObject({
  name: z.string(),
  object,
  field: z.string(),
  ...conditionShape,
  message: z.string(),
  /** Where the message is shown; without it, at the top of the page, and `fields` is empty. */
  errorField: z.string().optional(),
});

/** A duplicate rule with its matching rule: records match where all the fields have the same values. */
const duplicateRule = z.strictObject({
  name: z.string(),
  object,
  matchOn: z.array(z.string()).min(1),
  /** An alert can be passed over by the client, with a header; a block cannot. */
  action: z.enum(['Alert', 'Block']),
  message: z.string().default('Use one of these records?'),
  matchingRule: z.string().optional(),
  onCreate: z.boolean().default(true),
  onUpdate: z.boolean().default(true),
});

export type DuplicateRule = z.infer<typeof duplicateRule>;

/** An Apex trigger or a flow, by what it does to a save: it fails it, sets fields, or saves the parent too. */
const trigger = z.strictObject({
  name: z.string(),
  object,
  kind: z.enum(['apex', 'flow']).default('apex'),
  timing: z.enum(['before', 'after']).optional(),
  on: z.array(z.enum(['insert', 'update', 'delete'])).default(['insert', 'update']),
  /** What the conditions are about. */
  field: z.string().optional(),
  ...conditionShape,
  /** Fails the save. Code and message follow from the kind where they are left out. */
  error: z
    .strictObject({
      statusCode: z.string().optional(),
      message: z.string().optional(),
      /** What failed inside, as `CODE: message`; part of the message where that is left out. */
      cause: z.string().default('UNABLE_TO_LOCK_ROW: unable to obtain exclusive access to this record'),
      fields: z.array(z.string()).default([]),
    })
    .optional(),
  /** Fields that it sets before the record is saved, whatever the user may write. */
  set: z.record(z.string(), fieldValue).optional(),
  /** A lookup of the object, whose record is saved again after this one. */
  touchParent: z.string().optional(),
});

export type Trigger = z.infer<typeof trigger>;

const fieldOfObject = z.strictObject({ object, field: z.string() });

/** Gives records that meet the condition to a user, unless the client asks for no assignment. */
const assignmentRule = z.strictObject({
  object,
  field: z.string(),
  ...conditionShape,
  owner: z.enum(userNames),
});

export const languages = ['en_US', 'fr'] as const;

/** What the org's admin has set up to run at every save. */
export const ruleSettings = {
  validationRules: z.array(validationRule).default([]),
  duplicateRules: z.array(duplicateRule).default([]),
  triggers: z.array(trigger).default([]),
  assignmentRules: z.array(assignmentRule).default([]),
  /** Fields that the admin made required for everybody, whatever the page layout. */
  requiredFields: z.array(fieldOfObject).default([]),
  /** Currencies that are kept for old records only. */
  inactiveCurrencies: z.array(z.string()).default([]),
  /** Users with the permission Update Records with Inactive Owners. */
  updateRecordsWithInactiveOwners: z.array(z.enum(userNames)).default([]),
  /** Megabytes for records, of which each takes about two kilobytes; null for no limit. */
  dataStorageMB: z.number().min(0).nullable().default(null),
  /** The language of the platform's own messages. */
  language: z.enum(languages).default('en_US'),
  /** Field labels that the admin has changed or translated, by `Object.Field`. */
  labels: z.record(z.string(), z.string()).default({}),
};
