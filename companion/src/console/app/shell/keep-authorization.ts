const toKey = (connectionId: string) => `upflow-authorization-${connectionId}`;

/** Remembers which sign-in at Salesforce is under way: its answer may come in another tab, or never. */
export const keepAuthorization = (connectionId: string, id: string): void =>
  localStorage.setItem(toKey(connectionId), id);

export const recallAuthorization = (connectionId: string): string | null =>
  localStorage.getItem(toKey(connectionId));

export const forgetAuthorization = (connectionId: string): void =>
  localStorage.removeItem(toKey(connectionId));
