/** What the Lightning platform gives to components, as far as ours use it. */

declare module '@salesforce/label/*' {
  const text: string;
  export default text;
}

declare module '@salesforce/i18n/*' {
  const value: string;
  export default value;
}

declare module '@salesforce/schema/*' {
  const field: import('lightning/uiRecordApi').FieldId;
  export default field;
}

declare module 'lightning/platformShowToastEvent' {
  export class ShowToastEvent extends CustomEvent<unknown> {
    constructor(toast: {
      title: string;
      message?: string;
      variant?: 'success' | 'info' | 'warning' | 'error';
    });
  }
}

declare module 'lightning/uiRecordApi' {
  export interface FieldId {
    objectApiName: string;
    fieldApiName: string;
  }
  export interface UiRecord {
    id: string;
    apiName: string;
    fields: Record<string, { displayValue: string | null; value: unknown }>;
  }
  export interface UiError {
    body?: { message?: string } | { message?: string }[];
    status?: number;
    statusText?: string;
  }
  type Field = FieldId | string;

  export const getRecord: import('lwc').WireAdapterConstructor<
    { recordId?: string; fields?: Field[]; optionalFields?: Field[] },
    { data?: UiRecord; error?: UiError }
  >;
  /** Undefined when the record has no such field for this user, null when it is blank. */
  export function getFieldValue(record: UiRecord, field: Field): unknown;
  export function getFieldDisplayValue(record: UiRecord, field: Field): string | null | undefined;
  export function notifyRecordUpdateAvailable(records: { recordId: string }[]): Promise<void>;
}

declare module 'lightning/uiListsApi' {
  export interface ListRecords {
    records: import('lightning/uiRecordApi').UiRecord[];
    nextPageToken: string | null;
  }

  export const getListRecordsByName: import('lwc').WireAdapterConstructor<
    {
      objectApiName: string;
      listViewApiName?: string;
      optionalFields?: string[];
      pageSize?: number;
      sortBy?: string[];
    },
    { data?: ListRecords; error?: import('lightning/uiRecordApi').UiError }
  >;
}

declare module 'lightning/uiObjectInfoApi' {
  export interface ObjectInfo {
    apiName: string;
    fields: Record<string, { apiName: string; updateable: boolean } | undefined>;
  }

  export const getObjectInfo: import('lwc').WireAdapterConstructor<
    { objectApiName: string },
    { data?: ObjectInfo; error?: import('lightning/uiRecordApi').UiError }
  >;
}

declare module 'lightning/navigation' {
  interface PageReference {
    type: string;
    attributes: Record<string, string>;
    state?: Record<string, string>;
  }
  const GenerateUrl: unique symbol;
  const Navigate: unique symbol;

  interface Navigating {
    [GenerateUrl]: (page: PageReference) => Promise<string>;
    [Navigate]: (page: PageReference) => void;
  }

  export const NavigationMixin: {
    (base: typeof import('lwc').LightningElement): new () => import('lwc').LightningElement & Navigating;
    readonly GenerateUrl: typeof GenerateUrl;
    readonly Navigate: typeof Navigate;
  };
}
