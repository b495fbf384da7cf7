const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const suffixCharacters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const firstSerial = 62 ** 4 * 7;

/** The three characters that make a 15-character id safe where case is lost: one bit for each capital. */
function computeSuffix(id15: string): string {
  let suffix = '';
  for (const start of [0, 5, 10]) {
    let bits = 0;
    for (let bit = 0; bit < 5; bit += 1) {
      const character = id15.charAt(start + bit);
      if (character >= 'A' && character <= 'Z') bits += 2 ** bit;
    }
    suffix += suffixCharacters.charAt(bits);
  }
  return suffix;
}

/** Makes the nth id of an object in this org: key prefix, the org's pod, then a serial number in base 62. */
export function makeId(keyPrefix: string, pod: string, serial: number): string {
  let rest = firstSerial + serial;
  let text = '';
  while (rest > 0) {
    text = digits.charAt(rest % 62) + text;
    rest = Math.floor(rest / 62);
  }
  const id15 = `${keyPrefix}${pod}${text.padStart(10, '0')}`;
  return id15 + computeSuffix(id15);
}

/** The 18-character form of an id, or null where the text is no id. A wrong suffix makes it none. */
export function normalizeId(text: string): string | null {
  if (!/^[0-9A-Za-z]{15}([0-9A-Za-z]{3})?$/.test(text)) return null;
  const id15 = text.slice(0, 15);
  if (text.length === 15) return id15 + computeSuffix(id15);
  if (text.slice(15).toUpperCase() === computeSuffix(id15)) return id15 + computeSuffix(id15);
  return restoreCase(id15, text.slice(15).toUpperCase());
}

/** The suffix says which characters are capitals, so an id whose case was lost can be read all the same. */
function restoreCase(id15: string, suffix: string): string | null {
  const restored = Array.from(id15)
    .map((character, index) => {
      const bits = suffixCharacters.indexOf(suffix.charAt(Math.floor(index / 5)));
      const capital = bits >= 0 && (bits >> (index % 5)) % 2 === 1;
      return capital ? character.toUpperCase() : character.toLowerCase();
    })
    .join('');
  return computeSuffix(restored) === suffix ? restored + suffix : null;
}

/** Two characters that tell the ids of one org from those of another. */
export function choosePod(): string {
  const pick = (): string => digits.charAt(10 + Math.floor(Math.random() * 52));
  return pick() + pick();
}
