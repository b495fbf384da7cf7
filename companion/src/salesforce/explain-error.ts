import type { Reason } from '../outcome.ts';
import { SalesforceCallError, type CallProblem } from './call-error.ts';
import { explainSignIn } from './explain-sign-in.ts';

/** What to make of a refusal: try again by ourselves, or leave it to a person. */
export interface ExplainedError {
  retry: boolean;
  reason: Reason;
}

type Meaning = [retry: 'retry' | 'person', explanation: string, action: string];

/**
 * What Salesforce's error codes mean for an Account update, and what an admin can do.
 *
 * @see https://developer.salesforce.com/docs/platform/api-rest/guide/errorcodes.html
 */
const ROW_ERRORS: Record<string, Meaning> = {
  UNABLE_TO_LOCK_ROW: [
    'retry',
    'Somebody else was saving the same Account.',
    'Nothing to do: it is tried again.',
  ],
  INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE: [
    'retry',
    'Salesforce is under maintenance and takes no changes.',
    'Nothing to do: it is tried again.',
  ],
  QUERY_TIMEOUT: ['retry', 'Salesforce took too long.', 'Nothing to do: it is tried again.'],
  SERVER_UNAVAILABLE: ['retry', 'Salesforce was not available.', 'Nothing to do: it is tried again.'],
  UNKNOWN_EXCEPTION: ['retry', 'Salesforce met an internal error.', 'Nothing to do: it is tried again.'],
  FIELD_CUSTOM_VALIDATION_EXCEPTION: [
    'person',
    'A validation rule of this org refuses the Account as it is.',
    'Mend the Account so that it passes the rule, or exempt the integration user from the rule, then retry.',
  ],
  STRING_TOO_LONG: [
    'person',
    'A text from Upflow is longer than its field holds.',
    'Shorten the text in Upflow, or choose a longer field, then retry.',
  ],
  REQUIRED_FIELD_MISSING: [
    'person',
    'The Account lacks a value in a required field, so no change to it can be saved.',
    'Fill the required field on the Account, then retry.',
  ],
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: [
    'person',
    'The picklist does not allow this value.',
    'Add the value to the picklist or lift its restriction, then retry.',
  ],
  NUMBER_OUTSIDE_VALID_RANGE: [
    'person',
    'A number from Upflow is larger than its field holds.',
    'Give the field more digits, then retry.',
  ],
  DUPLICATE_VALUE: [
    'person',
    'Another Account already carries this Upflow customer.',
    'Clear Upflow Customer Id on the other Account, or merge the two, then retry.',
  ],
  DUPLICATES_DETECTED: [
    'person',
    'A duplicate rule of this org blocks the Account.',
    'Merge the duplicates, or let the rule allow the integration user, then retry.',
  ],
  ENTITY_IS_DELETED: [
    'person',
    'The Account was deleted in Salesforce.',
    'Restore the Account, or give another Account the shared identifier, then retry.',
  ],
  INVALID_CROSS_REFERENCE_KEY: [
    'person',
    'The Account is gone, or the integration user cannot see it.',
    'Check that the Account exists and that the integration user has the permission set Upflow Integration.',
  ],
  INVALID_FIELD: [
    'person',
    'A field is missing, or hidden from the integration user.',
    'Assign the permission set Upflow Integration to the integration user, then retry.',
  ],
  INVALID_FIELD_FOR_INSERT_UPDATE: [
    'person',
    'The integration user may read a field but not write it.',
    'Assign the permission set Upflow Integration to the integration user, then retry.',
  ],
  INSUFFICIENT_ACCESS_OR_READONLY: [
    'person',
    'The integration user may not change this Account, or an approval has locked it.',
    'Give the integration user edit access or finish the approval, then retry.',
  ],
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: [
    'person',
    'The integration user may not use a record that the Account refers to.',
    'Give the integration user access to the related record, then retry.',
  ],
  INACTIVE_OWNER_OR_USER: [
    'person',
    'The Account belongs to an inactive user.',
    'Give the Account an active owner, or grant "Update Records with Inactive Owners", then retry.',
  ],
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: [
    'person',
    'A trigger or flow of this org stopped the change.',
    'Ask whoever maintains the automation that the message names, then retry.',
  ],
  CANNOT_EXECUTE_FLOW_TRIGGER: [
    'person',
    'A flow of this org failed while the Account was being saved.',
    'Ask whoever maintains the flow that the message names, then retry.',
  ],
  STORAGE_LIMIT_EXCEEDED: ['person', 'The org has no storage left.', 'Free or buy storage, then retry.'],
};

const CALL_ERRORS: Record<string, Meaning> = {
  INVALID_SESSION_ID: [
    'retry',
    'Salesforce refuses the session even after a new sign-in.',
    'Check that the integration user is active and may use the API.',
  ],
  REQUEST_LIMIT_EXCEEDED: [
    'retry',
    'The org has used up its API calls.',
    'Wait, or raise the limit of API calls: the export goes on by itself.',
  ],
  NOT_FOUND: [
    'retry',
    'Salesforce shows the integration user no Accounts.',
    'Assign the permission set Upflow Integration to the integration user, and check the API version.',
  ],
  API_CURRENTLY_DISABLED: [
    'retry',
    'The integration user may not use the API any more.',
    'Grant the integration user the system permission "API Enabled": the export goes on by itself.',
  ],
  API_DISABLED_FOR_ORG: [
    'retry',
    'The API is switched off for the whole org, or its edition has none.',
    'Ask Salesforce to enable it: the export goes on by itself.',
  ],
  ORG_LOCKED: [
    'retry',
    'Salesforce has locked the whole org.',
    'Ask your Salesforce account team: the export goes on by itself.',
  ],
  INVALID_OPERATION_WITH_EXPIRED_PASSWORD: [
    'retry',
    "The integration user's password has expired.",
    'Set a new password, and let it never expire for the profile of the integration user.',
  ],
  INVALID_TYPE: [
    'retry',
    'The integration user may not see an object that the export needs.',
    'Give the integration user read and edit access to Accounts in a permission set of your own.',
  ],
};

const CALL_PROBLEMS: Record<CallProblem, Meaning> = {
  timeout: ['retry', 'Salesforce did not answer in time.', 'Nothing to do: it is tried again.'],
  network: ['retry', 'Salesforce could not be reached.', 'Nothing to do: it is tried again.'],
  redirect: [
    'retry',
    'The org sends us on to another address, and does not answer as the same org there.',
    'Enter the present My Domain of the org (Setup, My Domain), then connect again.',
  ],
  'forbidden-host': [
    'retry',
    'Salesforce named a host that is not one of its own.',
    'Check the My Domain host of the connection.',
  ],
  'host-gone': [
    'retry',
    'No org answers at the address of the connection any more: its My Domain was renamed, or the org is gone.',
    'Enter the present My Domain of the org (Setup, My Domain), then connect again.',
  ],
  'not-signed-in': ['retry', 'The connection is not signed in to Salesforce.', 'Connect it to Salesforce.'],
  'sign-in-refused': [
    'retry',
    'Salesforce refuses to sign the integration user in.',
    'Check the client id and secret, that the app is installed, and its run-as user.',
  ],
  'wrong-organization': [
    'retry',
    'Another Salesforce org answered than the one this connection belongs to.',
    'Reconnect to the same org. To leave it for the other one, choose Switch organization.',
  ],
  'unusable-answer': [
    'retry',
    'Salesforce gave an answer that makes no sense.',
    'Nothing to do: it is tried again.',
  ],
  'package-missing': [
    'retry',
    'The Upflow package is not installed, or its fields are hidden from the integration user.',
    'Install the package and assign the permission set Upflow Integration to the integration user.',
  ],
  'query-failed': [
    'retry',
    'Salesforce could not read all Accounts at once.',
    'Try again; if it stays, look at the bulk data load jobs in the set-up of Salesforce.',
  ],
  'budget-spent': [
    'retry',
    'The connection has used the API calls that it may make in 24 hours.',
    'Nothing to do: it goes on by itself as earlier calls fall out of the 24 hours. To go on now, raise the cap.',
  ],
};

const UNLISTED: Meaning = [
  'person',
  'Salesforce refused the Account for a reason that the message gives.',
  'Follow the message, then retry.',
];

const UNLISTED_CALL: Meaning = [
  'retry',
  'Salesforce did not do what was asked, for a reason that the message gives.',
  'Nothing to do at first: it is tried again. If it goes on, follow the message.',
];

/** Explains why Salesforce refused one row of a call. */
export function explainRowError({ code, message }: { code: string; message: string }): ExplainedError {
  // Automation wraps the error of a record that it could not lock itself.
  const wrapsLock = code.startsWith('CANNOT_') && message.includes('UNABLE_TO_LOCK_ROW');
  return explain(code, message, ROW_ERRORS[wrapsLock ? 'UNABLE_TO_LOCK_ROW' : code] ?? UNLISTED);
}

/** Explains why a whole call failed. Nothing about its rows is known, and all of it is tried again. */
export function explainCallError(error: unknown): ExplainedError {
  if (error instanceof SalesforceCallError && error.details.refusal !== undefined)
    return { retry: true, reason: explainSignIn(error).reason };
  if (error instanceof SalesforceCallError)
    return explain(error.problem, error.message, CALL_PROBLEMS[error.problem]);
  const { errorCode, message } = error as { errorCode?: unknown; message?: unknown };
  const code = typeof errorCode === 'string' ? errorCode : 'unexpected';
  return explain(code, typeof message === 'string' ? message : String(error), [
    'retry',
    ...((CALL_ERRORS[code] ?? ROW_ERRORS[code] ?? UNLISTED_CALL).slice(1) as [string, string]),
  ]);
}

function explain(code: string, message: string, [retry, explanation, action]: Meaning): ExplainedError {
  return { retry: retry === 'retry', reason: { code, message, explanation, action } };
}
