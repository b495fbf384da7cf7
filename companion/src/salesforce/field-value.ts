/** A value as the REST API takes and gives it: numbers for currency and number, ISO text for dates. */
export type FieldValue = string | number | boolean | null;

/** Field API name, namespace included, to its value. */
export type FieldValues = Record<string, FieldValue>;
