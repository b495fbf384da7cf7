import type { FieldValue } from '../store/stored-record.ts';
import type { languages } from './rule-settings.ts';

/** The platform's own words, which it says in the language of the user. Labels in them are translated by the org. */
export interface PlatformMessages {
  requiredMissing: (fields: readonly string[]) => string;
  textTooLong: (label: string, value: string, max: number) => string;
  badPicklistValue: (label: string, value: FieldValue) => string;
  numberOutOfRange: (label: string, value: FieldValue) => string;
  badEmail: (label: string, value: FieldValue) => string;
}

type Language = (typeof languages)[number];

const messages: Record<Language, PlatformMessages> = {
  en_US: {
    requiredMissing: (fields) => `Required fields are missing: [${fields.join(', ')}]`,
    textTooLong: (label, value, max) => `${label}: data value too large: ${value} (max length=${max})`,
    badPicklistValue: (label, value) => `${label}: bad value for restricted picklist field: ${value}`,
    numberOutOfRange: (label, value) => `${label}: value outside of valid range on numeric field: ${value}`,
    badEmail: (label, value) => `${label}: invalid email address: ${value}`,
  },
  fr: {
    requiredMissing: (fields) => `Champs requis manquants : [${fields.join(', ')}]`,
    textTooLong: (label, value, max) =>
      `${label} : valeur de données trop grande : ${value} (longueur maximale=${max})`,
    badPicklistValue: (label, value) =>
      `${label} : valeur incorrecte pour le champ de liste de sélection restreinte : ${value}`,
    numberOutOfRange: (label, value) =>
      `${label} : valeur en dehors de la plage valide pour le champ numérique : ${value}`,
    badEmail: (label, value) => `${label} : adresse e-mail non valide : ${value}`,
  },
};

/** The platform's messages in a language. */
export function messagesIn(language: Language): PlatformMessages {
  return messages[language];
}
