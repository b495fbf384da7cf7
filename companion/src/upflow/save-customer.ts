import type { UpflowClient } from './api-client.ts';

/** What the import writes of a customer; what is absent stays as it is. */
export interface CustomerChanges {
  /** The assigned user. */
  accountManagerId?: string;
  /** Null clears a value. */
  customFields?: readonly { id: string; value: string | number | boolean | null }[];
}

/**
 * Changes a customer. By PUT, which clients use with single keys; POST creates or updates too, but it wants the name, and
 * that is not ours to write.
 */
export async function saveCustomer(
  client: Pick<UpflowClient, 'call'>,
  customerId: string,
  changes: CustomerChanges,
  signal?: AbortSignal,
): Promise<void> {
  await client.call(
    { method: 'PUT', path: `/customers/${encodeURIComponent(customerId)}`, body: changes, customerId },
    signal,
  );
}
