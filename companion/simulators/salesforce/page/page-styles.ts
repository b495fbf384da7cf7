/** The stylesheets of every page, in the order in which they count. */
export const PAGE_STYLES = [
  'frame.css',
  'records.css',
  'lists.css',
  'calls.css',
  'home.css',
  'gallery.css',
  'narrow.css',
] as const;
