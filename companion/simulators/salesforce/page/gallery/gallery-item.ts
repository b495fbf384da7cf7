/** What the UI API answers, as Lightning Data Service hands it to components. */
export interface SampleAnswer {
  data?: unknown;
  error?: unknown;
}

/** One component in one state. */
export interface GalleryItem {
  /** Short name, unique in the gallery: an address can ask for it alone. */
  name: string;
  /** What a person sees, as a heading. */
  title: string;
  component: string;
  /** What the page sets of the component. */
  properties?: Readonly<Record<string, unknown>>;
  /** Answers by path below the UI API; an answer that is not here never comes. */
  answers?: Readonly<Record<string, SampleAnswer>>;
  /** Shown below the title, where the component itself tells too little: it may show nothing at all. */
  note?: string;
}

/** All states of one component. */
export interface GallerySection {
  name: string;
  title: string;
  text: string;
  /** How wide each state stands: as beside a record, or as across a page. */
  width: 'narrow' | 'wide';
  items: readonly GalleryItem[];
}

/** The texts that components are given by those around them, in the reader's language. */
export interface Wording {
  /** A custom label of the package. */
  label: (name: string) => string;
  /** A picklist value of the package's fields, as it is shown. */
  picklistValue: (value: string) => string;
}

/** How the UI API answers when there is no such record or list. */
export const NOT_FOUND: SampleAnswer = {
  error: {
    status: 404,
    statusText: 'Not Found',
    body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }],
  },
};
