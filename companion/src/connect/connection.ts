import type { KeyObject } from 'node:crypto';
import type { Reason } from '../outcome.ts';
import type { IdentifierKind } from '../salesforce/identifier-value.ts';

/** Which value names the same customer on both sides. */
export interface SharedIdentifier {
  /** `externalId`, `accountingRef`, or `customField:` and the id of a custom field in Upflow. */
  upflow: string;
  /** API name of an Account field; a field of our package may be named without its namespace. */
  salesforce: string;
  /** How values are compared; told by the field's type when the pair is chosen. */
  comparedAs?: IdentifierKind | undefined;
}

/** How the values of a pair are compared. A pair that was set up by file says nothing about the field's type. */
export function kindOf({ salesforce, comparedAs }: SharedIdentifier): IdentifierKind {
  return comparedAs ?? (salesforce.toLowerCase() === 'id' ? 'id' : 'text');
}

export const CONNECTION_STATES = ['connected', 'reconnect needed', 'paused', 'disconnected'] as const;

/**
 * `connected`: signed in to Salesforce. `reconnect needed`: Salesforce refuses the sign-in until a person acts.
 * `paused`: an admin stopped it; pushes are kept. `disconnected`: not signed in yet, or no longer.
 */
export type ConnectionState = (typeof CONNECTION_STATES)[number];

export const UPFLOW_ENVIRONMENTS = ['production', 'sandbox'] as const;

export interface UpflowAccess {
  environment: (typeof UPFLOW_ENVIRONMENTS)[number];
  apiKey: string;
  apiSecret: string;
}

/** How a connection signs in to Salesforce, with the app's credentials. */
export type SalesforceApp =
  | { flow: 'web-server'; clientId: string; clientSecret: string | undefined }
  | { flow: 'jwt-bearer'; clientId: string; username: string; privateKey: string }
  | { flow: 'client-credentials'; clientId: string; clientSecret: string };

export interface SalesforceAccess {
  /** Where the org signs in: its My Domain origin, or that of a login host. */
  origin: string;
  app: SalesforceApp;
  userId: string | null;
  username: string | null;
}

/** Whether a value is exported, and where to; absent means the package's own field, switched on. */
export interface FieldChoice {
  on: boolean;
  /** API name of the admin's own Account field; null for the package's. */
  field: string | null;
  /** API names of fields that the value left and that an export is making blank. */
  blanking?: readonly string[];
}

/** By the name of the exported value. */
export type ExportMapping = Readonly<Record<string, FieldChoice>>;

/** One Upflow organization joined to one Salesforce org. */
export interface Connection {
  id: string;
  name: string;
  /** Raised by each change of the connection. */
  revision: number;
  state: ConnectionState;
  stateReason: Reason | null;
  stateSince: Date;
  createdAt: Date;
  /** Live push secrets, newest first; more than one while a secret is being rotated. */
  pushKeys: readonly KeyObject[];
  /** SHA-256 of each API token. */
  apiTokenDigests: readonly { tokenId: string; name: string; digest: Buffer }[];
  upflow: UpflowAccess | undefined;
  salesforce: SalesforceAccess | undefined;
  /** The org that this connection belongs to since it first answered; 18 characters. */
  organizationId: string | null;
  identifier: SharedIdentifier | undefined;
  mapping: ExportMapping;
  /** True from the first full export on: from then, pushes are written. */
  exporting: boolean;
  /** Calls to Salesforce in 24 hours that this connection may make; null leaves it to the default. */
  apiCallCap: number | null;
}

/** A connection that may write Accounts now. */
export type ExportingConnection = Connection & {
  salesforce: SalesforceAccess;
  identifier: SharedIdentifier;
};

/** Whether everything that an export needs is there, and nobody stopped it. */
export function mayExport(connection: Connection): connection is ExportingConnection {
  return connection.exporting && isReady(connection);
}

/** Whether an export could begin: the connection is signed in and has its identifier. */
export function isReady(connection: Connection): connection is ExportingConnection {
  return (
    connection.state === 'connected' &&
    connection.salesforce !== undefined &&
    connection.identifier !== undefined
  );
}
