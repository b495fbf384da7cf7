import type { SimulatedOrg } from '../org/simulated-org.ts';

// https://help.salesforce.com/s/articleView?id=xcloud.overview_storage.htm
const KILOBYTES_PER_RECORD = 2;
const KILOBYTES_PER_MEGABYTE = 1024;

/** Megabytes that the org's records take. What is in the recycle bin takes none. */
export function measureDataStorage(org: SimulatedOrg): number {
  let records = 0;
  for (const { name, isData } of org.schema.values()) if (isData) records += countLive(org, name);
  return toMegabytes(records);
}

/** Whether there is no room for one more record. Counting takes time, so it is done only near the limit. */
export function isStorageFull(org: SimulatedOrg): boolean {
  const limit = org.settings.dataStorageMB;
  if (limit === null) return false;
  let rows = 1;
  for (const { name, isData } of org.schema.values()) if (isData) rows += org.store.rows(name).size;
  return toMegabytes(rows) > limit && measureDataStorage(org) + toMegabytes(1) > limit;
}

/** How many records of an object there are, without those in the recycle bin. */
export function countLive(org: SimulatedOrg, object: string): number {
  let count = 0;
  for (const record of org.store.rows(object).values()) if (record.IsDeleted !== true) count += 1;
  return count;
}

function toMegabytes(records: number): number {
  return (records * KILOBYTES_PER_RECORD) / KILOBYTES_PER_MEGABYTE;
}
