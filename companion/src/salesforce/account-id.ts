const SUFFIX_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * The 18-character form of a record id. The last three characters say which of the first fifteen are
 * capitals, so that ids stay apart where case is lost. Anything but a 15-character id comes back as it is.
 */
export function toLongId(id: string): string {
  if (!/^[a-zA-Z0-9]{15}$/.test(id)) return id;
  const suffix = [0, 5, 10].map((start) => {
    const capitals = Array.from(id.slice(start, start + 5)).reduce(
      (bits, character, position) => (/[A-Z]/.test(character) ? bits | (1 << position) : bits),
      0,
    );
    return SUFFIX_ALPHABET.charAt(capitals);
  });
  return id + suffix.join('');
}
