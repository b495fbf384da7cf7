// A process of its own, so that the count of syncs can be taken before anything else is loaded:
// `count-syncs.ts DIRECTORY` prints how many commits were made, and how many syncs they took.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

let syncs = 0;
const { fdatasyncSync } = fs;
fs.fdatasyncSync = (descriptor) => {
  syncs++;
  fdatasyncSync(descriptor);
};
syncBuiltinESMExports();

const { sql } = await import('kysely');
const { openDatabase } = await import('../../src/store/open-database.ts');
const database = await openDatabase({ directory: process.argv[2] ?? '' });
const { rows } = await sql<{ fsync: string }>`show fsync`.execute(database.db);

const before = syncs;
for (let commit = 1; commit <= 20; commit++) {
  await sql`insert into connection (connection_id) values (${String(commit)})`.execute(database.db);
}
console.log(JSON.stringify({ fsync: rows[0]?.fsync, syncs: syncs - before }));
await database.close();
