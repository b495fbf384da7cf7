import type { ImportedCustomer, Owner, SentState } from '../store/import-customers.ts';
import type { Skip } from '../store/import-skips.ts';
import type { UpflowClient } from '../upflow/api-client.ts';
import { UpflowCallError } from '../upflow/call-error.ts';
import { createContact, deleteContact, listContacts, updateContact } from '../upflow/contacts.ts';
import { saveCustomer, type CustomerChanges } from '../upflow/save-customer.ts';
import type { Plan, WantedContact } from './5-plan.ts';
import { planContactSteps, type ContactSteps } from './plan-contacts.ts';
import type { UpflowUsers } from './upflow-users.ts';

export interface Sending {
  client: UpflowClient;
  users: UpflowUsers;
  /** What Upflow refuses now may be accepted once other customers are done. */
  mayWait: boolean;
  count: (name: string) => void;
  signal?: AbortSignal | undefined;
}

export interface SentCustomer {
  state: SentState;
  skips: Skip[];
}

/** Whether a plan needs any call; what is as it was sent needs none. */
export function needsCalls(customer: ImportedCustomer, plan: Plan): boolean {
  const { owner, fields } = plan;
  if (owner !== null && (owner.upflowId === null || owner.upflowId !== customer.sentUser)) return true;
  if (fields.length > 0 || mustLook(customer, plan)) return true;
  const { remove, update, create } = planContactSteps(
    customer.customerId,
    plan.contacts,
    customer.sent,
    null,
  );
  return remove.length + update.length + create.length > 0;
}

/** Whether it must be read what contacts Upflow has. */
function mustLook({ inFlight, contactsTaken }: ImportedCustomer, { takesContacts }: Plan): boolean {
  return inFlight || (takesContacts && !contactsTaken);
}

/**
 * Sends one customer what differs. What Upflow refuses is told; what keeps Upflow from answering is thrown, and the
 * customer is begun again another time.
 */
export async function sendCustomer(
  customer: ImportedCustomer,
  plan: Plan,
  sending: Sending,
): Promise<SentCustomer> {
  const { customerId } = customer;
  const skips: Skip[] = [];
  const tell = (kind: Skip['kind'], recordId: string, code: string) =>
    skips.push({ customerId, kind, recordId, code, detail: null });
  const state: SentState = {
    customerId,
    user: customer.sentUser,
    fields: customer.sentFields,
    contactsTaken: customer.contactsTaken,
    isPending: false,
    problem: null,
    contacts: [],
    removed: [],
  };
  try {
    await sendOwnerAndFields(customer, plan, sending, state, tell);
    await sendContacts(customer, plan, sending, state, tell);
  } catch (error) {
    if (!isAbout(error, 'not-found')) throw error;
    // A customer that was deleted in Upflow, though nobody has told yet.
    tell('customer', customer.accountId ?? '', 'customer-gone');
    state.problem = 'customer-gone';
  }
  return { state, skips };
}

type Tell = (kind: Skip['kind'], recordId: string, code: string) => void;

async function sendOwnerAndFields(
  { customerId, accountId, sentUser, sentFields }: ImportedCustomer,
  { owner, fields, fieldDigests }: Plan,
  { client, users, count, signal }: Sending,
  state: SentState,
  tell: Tell,
): Promise<void> {
  const userId = owner === null ? sentUser : await findUser(owner);
  const parts: { changes: CustomerChanges; name: string; done: () => void; refused: () => void }[] = [];
  if (userId !== null && userId !== sentUser) {
    parts.push({
      changes: { accountManagerId: userId },
      name: 'owners.assigned',
      done: () => (state.user = userId),
      refused: () => {
        tell('owner', owner?.id ?? '', 'owner-refused');
        if (owner !== null) users.doubt(owner.id);
      },
    });
  }
  if (fields.length > 0) {
    parts.push({
      changes: { customFields: fields },
      name: 'fields.sent',
      done: () => (state.fields = fieldDigests),
      refused: () => {
        state.fields = sentFields;
        tell('field', accountId ?? '', 'values-refused');
      },
    });
  }
  if (parts.length === 0) return;
  try {
    await saveCustomer(client, customerId, mergeChanges(parts), signal);
    for (const part of parts) part.done();
    for (const part of parts) count(part.name);
  } catch (error) {
    if (!isAbout(error, 'rejected')) throw error;
    // One of the two must not keep the other back.
    for (const part of parts) {
      if (
        parts.length > 1 &&
        (await wasTaken(() => saveCustomer(client, customerId, part.changes, signal)))
      ) {
        part.done();
        count(part.name);
      } else {
        part.refused();
        state.problem = 'refused';
      }
    }
  }

  /** One owner that Upflow refuses must not keep all others from being sent. */
  async function findUser(of: Owner & { email: string }): Promise<string | null> {
    try {
      return await users.idOf(of, signal);
    } catch (error) {
      if (!(['rejected', 'forbidden', 'not-found'] as const).some((problem) => isAbout(error, problem)))
        throw error;
      tell('owner', of.id, 'owner-refused');
      state.problem = 'refused';
      return sentUser;
    }
  }
}

function mergeChanges(parts: readonly { changes: CustomerChanges }[]): CustomerChanges {
  return parts.reduce<CustomerChanges>((all, { changes }) => ({ ...all, ...changes }), {});
}

async function sendContacts(
  customer: ImportedCustomer,
  plan: Plan,
  sending: Sending,
  state: SentState,
  tell: Tell,
): Promise<void> {
  const { customerId, sent } = customer;
  const { client, mayWait, count, signal } = sending;
  const existing = mustLook(customer, plan) ? await listContacts(client, customerId, signal) : null;
  const steps = planContactSteps(customerId, plan.contacts, sent, existing);
  const kept: SentState['contacts'][number][] = [];
  const keep = ({ contactId, emailKey, digest }: WantedContact, upflowId: string) =>
    kept.push({ contactId, emailKey, digest, upflowId });
  const refuse = ({ contactId }: WantedContact) => {
    if (mayWait) state.isPending = true;
    else tell('contact', contactId, 'contact-refused');
    state.problem = 'refused';
  };
  const emailBefore = ({ contactId, upflowId }: { contactId: string; upflowId: string }) =>
    existing
      ?.find(({ id }) => id === upflowId)
      ?.email?.trim()
      .toLowerCase() ?? sent.find((one) => one.contactId === contactId)?.emailKey;
  for (const contact of steps.keep) keep(contact, contact.upflowId);
  state.removed = await removeContacts(steps, sending);

  const create = async (contact: WantedContact) => {
    const id = await unlessRefused(() => createContact(client, customerId, contact.contact, signal));
    if (id === undefined) return refuse(contact);
    keep(contact, id);
    count('contacts.created');
  };
  for (const contact of steps.update) {
    try {
      const isTaken = await wasTaken(() =>
        updateContact(client, customerId, contact.upflowId, contact.contact, signal),
      );
      if (isTaken) {
        keep(contact, contact.upflowId);
        count('contacts.updated');
      } else if (mayWait && emailBefore(contact) !== contact.emailKey) {
        // Lets go of its old address, which another contact may wait for.
        await removeContacts({ remove: [{ customerId, upflowId: contact.upflowId, isOurs: true }] }, sending);
        state.removed = [...state.removed, contact.upflowId];
        await create(contact);
      } else refuse(contact);
    } catch (error) {
      if (!isAbout(error, 'not-found')) throw error;
      // Somebody deleted it in Upflow.
      state.removed = [...state.removed, contact.upflowId];
      await create(contact);
    }
  }
  for (const contact of steps.create) await create(contact);
  state.contacts = kept;
  state.contactsTaken = plan.takesContacts || (customer.contactsTaken && kept.length > 0);
}

/** @returns the ids in Upflow of those that are gone now */
async function removeContacts(
  { remove }: Pick<ContactSteps, 'remove'>,
  { client, count, signal }: Sending,
): Promise<string[]> {
  for (const { customerId, upflowId, isOurs } of remove) {
    try {
      await deleteContact(client, customerId, upflowId, signal);
      count(isOurs ? 'contacts.deleted' : 'contacts.replaced');
    } catch (error) {
      if (!isAbout(error, 'not-found')) throw error;
    }
  }
  return remove.map(({ upflowId }) => upflowId);
}

async function unlessRefused<Result>(call: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await call();
  } catch (error) {
    if (isAbout(error, 'rejected')) return undefined;
    throw error;
  }
}

async function wasTaken(call: () => Promise<void>): Promise<boolean> {
  return (await unlessRefused(() => call().then(() => true))) ?? false;
}

function isAbout(error: unknown, problem: UpflowCallError['problem']): boolean {
  return error instanceof UpflowCallError && error.problem === problem;
}
