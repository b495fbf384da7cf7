import { createAdapter } from '../createAdapter.js';

/** The records of a list view, as Lightning Data Service gives them to components. */
export const getListRecordsByName = createAdapter(
  ({ objectApiName, listViewApiName, optionalFields = [], pageSize, sortBy = [] }) => {
    if (!objectApiName || !listViewApiName) return undefined;
    const query = new URLSearchParams();
    if (optionalFields.length > 0) query.set('optionalFields', optionalFields.join(','));
    if (pageSize) query.set('pageSize', pageSize);
    if (sortBy.length > 0) query.set('sortBy', sortBy[0]);
    return `list-records/${objectApiName}/${listViewApiName}?${query}`;
  },
);
