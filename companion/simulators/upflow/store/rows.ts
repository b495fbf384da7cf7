/** What a row of every list has. */
export interface Row {
  /** Its place in the order of coming; never given twice. */
  seq: number;
  id: string;
  externalId: string | null;
  /** `seq` of its customer, where it has one. */
  customer: number | null;
  createdAt: string;
  modifiedAt: string;
}

export interface CustomerRow extends Row {
  name: string | null;
  /** JSON: what a push carries of the customer, figures only where they were given by hand. */
  body: string;
  /** JSON: what only the API knows, see `CustomerDetails`. */
  details: string;
}

export interface ContactRow extends Row {
  email: string;
  isMain: 0 | 1;
  body: string;
}

export interface UserRow extends Row {
  email: string;
  body: string;
}

export interface CustomFieldRow extends Row {
  name: string;
  type: string;
  entity: string;
}

export interface InvoiceRow extends Row {
  customId: string | null;
  name: string | null;
  issuedAt: string;
  dueDate: string;
  currency: string;
  grossAmount: number;
  netAmount: number;
  amountOutstanding: number;
  /** The day on which nothing was left to pay. */
  paidDate: string | null;
  cancelledAt: string | null;
  /** Disputes are nothing that the API shows. */
  disputedAt: string | null;
}

export interface CreditNoteRow extends Row {
  customId: string | null;
  name: string | null;
  issuedAt: string | null;
  dueDate: string | null;
  currency: string;
  grossAmount: number;
  netAmount: number;
}

/** Payments and refunds look the same. */
export interface PaymentRow extends Row {
  currency: string;
  amount: number;
  validatedAt: string;
  instrument: string | null;
  bankAccountId: string | null;
}

export interface DunningPlanRow extends Row {
  name: string;
  mode: string;
  entity: string;
}

export interface ActionRow extends Row {
  state: string;
  dueDate: string | null;
  body: string;
}

export interface NoteRow extends Row {
  content: string;
}

export interface BankAccountRow extends Row {
  body: string;
}
