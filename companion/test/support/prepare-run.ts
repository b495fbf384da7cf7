import { findBrowser } from './launch-browser.ts';
import startDatabaseServer from './start-database-server.ts';

/** Before all tests: what they share. Test files that run at once must not each unpack the browser to the same place. */
export default async function prepareRun(): Promise<void> {
  await Promise.all([startDatabaseServer(), findBrowser()]);
}
