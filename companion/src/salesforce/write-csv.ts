import type { AccountField } from './describe-account.ts';
import type { FieldValue } from './field-value.ts';
import type { AccountUpdate } from './update-accounts.ts';

/** What a cell says to clear its field; an empty cell leaves the field as it is. */
const NULL_MARK = '#N/A';

/** Characters that a cell of an upload may hold. */
const CHARACTERS_PER_CELL = 32_000;

/** Characters that a row of an upload may hold. */
const CHARACTERS_PER_ROW = 400_000;

/** Salesforce takes 150 MB after Base64 encoding, which makes three bytes four; this is what it advises to send. */
const BYTES_PER_UPLOAD = 100_000_000;

export interface Upload {
  csv: string;
  /** The updates in it, in its order. */
  updates: AccountUpdate[];
}

export interface UploadPlan {
  upload: Upload;
  /** What CSV cannot say as JSON does. */
  unfit: AccountUpdate[];
  /** What went beyond the size of one upload. */
  rest: AccountUpdate[];
}

/**
 * Writes updates as one upload of Bulk API 2.0, ordered by Account as in collections: a column for each field that any
 * of them changes, and an empty cell where a row does not change that field.
 */
export function writeUpload(
  updates: readonly AccountUpdate[],
  fields: ReadonlyMap<string, AccountField>,
  bytesPerUpload = BYTES_PER_UPLOAD,
): UploadPlan {
  const unfit = updates.filter((update) => !fitsCsv(update));
  const fit = updates.filter(fitsCsv).toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1));
  const names = [...new Set(fit.flatMap((update) => Object.keys(update.fields)))].toSorted();
  const scales = names.map((name) => fields.get(name.toLowerCase())?.scale);
  const lines = [['Id', ...names].join(',')];
  let bytes = (lines[0]?.length ?? 0) + 1;
  for (const { accountId, fields: values } of fit) {
    const cells = names.map((name, index) => writeCell(values[name], scales[index]));
    const line = [accountId, ...cells].join(',');
    bytes += Buffer.byteLength(line) + 1;
    if (bytes > bytesPerUpload) break;
    lines.push(line);
  }
  const taken = lines.length - 1;
  return {
    upload: { csv: `${lines.join('\n')}\n`, updates: fit.slice(0, taken) },
    unfit,
    rest: fit.slice(taken),
  };
}

/**
 * Whether CSV says the same of a row as JSON: not of a text that reads like the mark for null, that has line ends of
 * Windows in it, which an upload with plain ones may not be taken with, or that is too long for a cell.
 */
function fitsCsv({ fields }: AccountUpdate): boolean {
  const texts = Object.values(fields).filter((value) => typeof value === 'string');
  const length = texts.reduce((sum, text) => sum + text.length, 0);
  const isPlain = (text: string) =>
    text.trim() !== NULL_MARK && !text.includes('\r') && text.length <= CHARACTERS_PER_CELL;
  return length < CHARACTERS_PER_ROW / 2 && texts.every(isPlain);
}

function writeCell(value: FieldValue | undefined, scale: number | undefined): string {
  if (value === undefined) return '';
  if (value === null) return NULL_MARK;
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return writeNumber(value, scale);
  // A blank text is no value in JSON; as a cell it would say nothing at all.
  if (value.trim() === '') return NULL_MARK;
  return /^[\w.:/-]+$/.test(value) ? value : `"${value.replaceAll('"', '""')}"`;
}

/** Never with an exponent, and with the decimals of the field. */
function writeNumber(value: number, scale: number | undefined): string {
  if (Math.abs(value) >= 1e21) return BigInt(value).toString();
  return scale === undefined ? String(value) : value.toFixed(scale);
}
