/** What mail programs and Upflow take for an address: one @, a domain with a dot, no blanks. */
const EMAIL = /^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+\.[^\s@<>(),;:".]{2,}$/;

export type EmailTrouble = 'no-email' | 'invalid-email';

/** An address as it is compared, or why it is none. */
export function checkEmail(email: string): { key: string } | { trouble: EmailTrouble } {
  const trimmed = email.trim();
  if (trimmed === '') return { trouble: 'no-email' };
  return trimmed.length <= 254 && EMAIL.test(trimmed) && !trimmed.includes('..')
    ? { key: trimmed.toLowerCase() }
    : { trouble: 'invalid-email' };
}
