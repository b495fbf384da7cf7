import { createAdapter } from '../createAdapter.js';

/** What the user may do with an object, as Lightning Data Service gives it to components. */
export const getObjectInfo = createAdapter(({ objectApiName }) =>
  objectApiName ? `object-info/${objectApiName}` : undefined,
);
