import type { FieldValue } from '../store/stored-record.ts';
import type { Column } from './column.ts';
import type { BucketDefinition } from './read-report.ts';

type Bucket = BucketDefinition['values'][number];

/** A column that sorts the values of another into a few named buckets. */
export function bucketColumn(bucket: BucketDefinition, source: Column): Column {
  const other = bucket.useOther ? (bucket.otherBucketLabel ?? 'Other') : null;
  const choose = (value: FieldValue | null): string | null => {
    const filled = value === null && bucket.nullTreatment === 'z' ? 0 : value;
    if (filled === null) return null;
    const found = bucket.values.find((candidate) => holds(candidate, filled, bucket.bucketType));
    return found?.value ?? other ?? String(filled);
  };
  return {
    name: bucket.developerName,
    label: bucket.masterLabel,
    type: 'bucket',
    read: (row) => choose(source.read(row)),
    show: (row) => choose(source.read(row)) ?? '',
    target: () => null,
    order: [...bucket.values.map(({ value }) => value), ...(other === null ? [] : [other])],
    currency: () => null,
  };
}

/** The lower end of a number bucket is not within it, the upper end is. */
function holds({ sourceValues }: Bucket, value: FieldValue, type: BucketDefinition['bucketType']): boolean {
  return sourceValues.some(({ from, sourceValue, to }) => {
    if (type !== 'number') return String(value).toLowerCase() === sourceValue?.toLowerCase();
    const number = Number(value);
    return (from === undefined || number > Number(from)) && (to === undefined || number <= Number(to));
  });
}
