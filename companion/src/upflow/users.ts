import { z } from 'zod';
import type { UpflowClient } from './api-client.ts';
import { USERS } from './lists.ts';

const userSchema = z.looseObject({ id: z.string().min(1), email: z.string().nullish() });

/** Users of the organization by their email in lower case. */
export async function readUsers(
  client: Pick<UpflowClient, 'pages'>,
  signal?: AbortSignal,
): Promise<Map<string, string>> {
  const users = new Map<string, string>();
  for await (const page of client.pages(USERS, signal)) {
    for (const user of z.array(userSchema).parse(page)) {
      if (user.email != null) users.set(user.email.trim().toLowerCase(), user.id);
    }
  }
  return users;
}

/** Creates a user without inviting them. That this is how Upflow's API does it is not confirmed. @returns the id */
export async function createUser(
  client: Pick<UpflowClient, 'call'>,
  user: { email: string; firstName: string | null; lastName: string | null },
  signal?: AbortSignal,
): Promise<string> {
  const answer = await client.call(
    { method: 'POST', path: USERS.path, body: { ...user, invite: false } },
    signal,
  );
  return userSchema.parse(answer).id;
}
