import type { OpenedSession } from '../oauth/sessions.ts';

/** How the old address of an org that moved answers: on to the new one, or that there is nothing any more. */
export type OldAddress = 'redirect' | 'gone';

/** An org beside this one. */
export interface OpenedSandbox {
  url: string;
  organizationId: string;
  sandboxName: string;
  clientId: string;
  clientSecret: string;
  usernames: string[];
  session: OpenedSession;
}

/** What an org can ask of the process that runs it. */
export interface Hosting {
  /** The ports that the org answered on before it moved. */
  oldPorts: ReadonlyMap<number, OldAddress>;
  openSandbox: (name: string) => Promise<OpenedSandbox>;
  /** Moves the org to another port; answers its new address. */
  move: (oldAddress: OldAddress) => Promise<string>;
}
