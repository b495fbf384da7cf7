/** What the server knows about this page: the session, the record, or the gallery's sample records. */
export const pageData = JSON.parse(document.getElementById('page-data').textContent);
