import type { Reason } from '../outcome.ts';
import type { Skip } from '../store/import-skips.ts';

type Meaning = [explanation: string, action: string];

const CUSTOMER = 'The customer is not matched to an Account, so nothing is imported for it.';

/** Why something was not imported, and what mends it. */
const SKIPS: Record<string, Meaning> = {
  'no-identifier': [CUSTOMER, 'Give the customer its identifier in Upflow or in the billing tool.'],
  'duplicate-customer': [CUSTOMER, 'Several customers share the identifier. Leave it to one of them.'],
  'duplicate-account': [
    CUSTOMER,
    'Several Accounts have the identifier. Clear it on all but one, or merge them.',
  ],
  'no-account': [CUSTOMER, 'Fill the identifier on the right Account, or link the two in the match report.'],
  'unlinked-by-hand': [CUSTOMER, 'Somebody decided that it has no Account. Undo that in the match report.'],
  'account-gone': [
    'The Account that the customer is matched to is gone, or hidden from the integration user.',
    'Link the customer to another Account, or let the integration user see this one.',
  ],
  'customer-gone': [
    'Upflow does not know the customer any more.',
    'Nothing to do if it was deleted in Upflow.',
  ],
  'owner-inactive': [
    'The Account owner is an inactive user, so whoever is assigned in Upflow stays.',
    'Give the Account to an active user.',
  ],
  'owner-queue': [
    'The Account belongs to a queue or group, which is no person that Upflow could assign.',
    'Give the Account to a user.',
  ],
  'owner-hidden': [
    'The integration user cannot see the Account owner.',
    'Let the integration user read users, or give the Account to another user.',
  ],
  'owner-no-email': [
    'The Account owner has no valid email address, by which users of Upflow are found.',
    'Give the user an email address in Salesforce.',
  ],
  'owner-refused': [
    'Upflow did not take the user that is to be assigned.',
    'Check in Upflow that the user exists. It is tried again with the next full import.',
  ],
  'no-email': [
    'The contact has no email address, without which Upflow takes no contact.',
    'Fill Email on the contact.',
  ],
  'invalid-email': ['The email address of the contact is not valid.', 'Correct Email on the contact.'],
  'email-taken': [
    'An older contact of this or another matched Account has the same email address, and Upflow takes each address once.',
    'Change the address on one of them, or merge the two contacts.',
  ],
  'contact-refused': [
    'Upflow did not take the contact. Most often another customer, which is not matched, has a contact with this address.',
    'Delete or change that contact in Upflow. It is tried again with the next full import.',
  ],
  'values-refused': [
    'Upflow did not take the values of the custom fields.',
    'Check that the custom fields still exist in Upflow with the same type, and choose them anew.',
  ],
  'field-hidden': [
    'The field is gone in Salesforce, or the integration user cannot see it. What Upflow has stays.',
    'Give the integration user Read access to the field, or take it out of the import.',
  ],
  'value-of-other-type': [
    'The value does not fit the type of the custom field in Upflow.',
    'Correct the value, or import the field into a custom field of another type.',
  ],
};

const UNKNOWN: Meaning = ['It could not be imported.', 'Tell whoever runs this companion.'];

/** Explains why something was not imported. */
export function explainSkip({ code }: Pick<Skip, 'code'>): Pick<Reason, 'code' | 'explanation' | 'action'> {
  const [explanation, action] = SKIPS[code] ?? UNKNOWN;
  return { code, explanation, action };
}

/** Why a run ended before its time. */
export const STOPPED = {
  settings: {
    code: 'settings-changed',
    message: 'The settings of the import were changed.',
    explanation:
      'The run worked with the earlier settings, so it was ended. Another one goes on with the new ones.',
    action: 'Nothing to do.',
  },
  connection: {
    code: 'connection-ended',
    message: 'The connection was paused or disconnected.',
    explanation: 'Nothing is imported while a connection is not connected.',
    action: 'Resume the connection, or connect it again.',
  },
  identifier: {
    code: 'identifier-changed',
    message: 'The shared identifier was changed.',
    explanation:
      'The run compared with the earlier identifier, so it was ended. The next one reads everything anew.',
    action: 'Nothing to do.',
  },
  reconnected: {
    code: 'connected-again',
    message: 'The connection was connected again.',
    explanation: 'What is imported stays; the next run compares all of it.',
    action: 'Nothing to do.',
  },
  noUpflow: {
    code: 'upflow-not-connected',
    message: 'There is no Upflow API key.',
    explanation: 'The import writes into Upflow through its API.',
    action: 'Enter the API key on the page Upflow.',
  },
} satisfies Record<string, Reason>;
