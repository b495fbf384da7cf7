import type { PlantedFault } from './planted-fault.ts';

const labels = 'labels/CustomLabels.labels-meta.xml';
const french = 'translations/fr.translation-meta.xml';

/** Mistakes in texts. */
export const texts: PlantedFault[] = [
  {
    name: 'a label without a category',
    file: labels,
    from: '<categories>Panel,Figure</categories>',
    to: '',
    rule: 'labels/form',
  },
  {
    name: 'a label that nobody uses',
    file: labels,
    from: '<fullName>Ageing<',
    to: '<fullName>Aging<',
    rule: 'labels/unused',
  },
  {
    name: 'a label that stands twice',
    file: labels,
    from: '<fullName>Days_One<',
    to: '<fullName>Days_Many<',
    rule: 'labels/duplicate',
  },
  {
    name: 'a label that is not translated',
    file: french,
    from: '<name>Ageing</name>',
    to: '<name>Ageeing</name>',
    rule: 'translations/missing',
  },
  {
    name: 'a translation of nothing',
    file: french,
    from: '<name>Ageing</name>',
    to: '<name>Ageeing</name>',
    rule: 'translations/unknown',
  },
  {
    name: 'a translation that lost its placeholder',
    file: french,
    from: '{0} factures',
    to: 'factures',
    rule: 'translations/placeholders',
  },
  {
    name: 'a field that is not translated',
    file: 'objectTranslations/Account-fr/Due_Amount__c.fieldTranslation-meta.xml',
    from: null,
    to: null,
    rule: 'translations/missing',
  },
  {
    name: 'a picklist value that is not translated',
    file: 'objectTranslations/Account-fr/Sync_Status__c.fieldTranslation-meta.xml',
    from: '<masterLabel>Synced',
    to: '<masterLabel>Sync',
    rule: 'translations/missing',
  },
  {
    name: 'a language that is gone',
    file: french,
    from: null,
    to: null,
    rule: 'translations/missing',
  },
  {
    name: 'a tab whose name is not translated',
    file: french,
    from: '<name>Upflow_Overdue<',
    to: '<name>Upflow_Late<',
    rule: 'translations/missing',
  },
  {
    name: 'a heading of a report type that is not translated',
    file: french,
    from: '<name>Payment behavior<',
    to: '<name>Payment<',
    rule: 'translations/missing',
  },
];
