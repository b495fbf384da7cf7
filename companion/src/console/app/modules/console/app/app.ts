import { LightningElement } from 'lwc';
import { callApi, toProblem, useCsrfToken, whenSignedOut } from '../../../api/call-api.ts';
import type { ProblemView } from '../../../api/read-problem.ts';
import type { ConnectionView, Session } from '../../../api/shapes.ts';
import { askForHeadingFocus } from '../../../shell/focus-heading.ts';
import { CONNECTION_PAGES, OTHER_PAGES, type PageConstructor } from '../../../shell/list-pages.ts';
import { readRoute, type Route } from '../../../shell/read-route.ts';

const PLACE_KEY = 'upflow-console-place';

function findLoader({ kind, page }: Route): () => Promise<{ default: PageConstructor }> {
  if (kind === 'connections') return OTHER_PAGES.connections;
  if (kind === 'customer') return OTHER_PAGES.customer;
  if (kind === 'audit') return OTHER_PAGES.audit;
  const entry = kind === 'connection' ? CONNECTION_PAGES.find(({ path }) => path === page) : undefined;
  return entry?.load ?? OTHER_PAGES.missing;
}

/** The console: who is signed in, which page is shown, and what surrounds it. */
export default class App extends LightningElement {
  session: Session | null = null;
  signInProblem: ProblemView | null = null;
  isSignedOut = false;
  /** There was a session, and it ended by itself. */
  hasExpired = false;
  /** Of an address that was sent to this person; used once. */
  signInToken = '';
  connections: ConnectionView[] = [];
  connection: ConnectionView | null = null;
  connectionProblem: ProblemView | null = null;
  route: Route = readRoute('');
  page: PageConstructor | null = null;

  connectedCallback(): void {
    whenSignedOut((problem) => this.leave(problem));
    if (location.pathname.endsWith('/sign-in')) {
      // The token leaves the address at once, so that neither history nor a bookmark keeps it.
      this.signInToken = location.hash.slice(1);
      history.replaceState(null, '', '/console/#/connections');
    }
    window.addEventListener('hashchange', () => {
      askForHeadingFocus();
      void this.open();
    });
    void this.begin();
  }

  get isShown(): boolean {
    return this.session !== null && !this.isSignedOut;
  }

  get needsConnection(): boolean {
    return this.route.connectionId !== null;
  }

  get canShowPage(): boolean {
    return (
      this.page !== null && !this.connectionProblem && (!this.needsConnection || this.connection !== null)
    );
  }

  get isViewer(): boolean {
    return this.session?.role === 'viewer';
  }

  get hasNavigation(): boolean {
    return this.needsConnection && this.connection !== null;
  }

  get bodyClass(): string {
    return this.hasNavigation ? 'shell-body with-navigation' : 'shell-body';
  }

  get pageKey(): string {
    return [this.route.kind, this.route.connectionId, this.route.page, this.route.customerId].join('/');
  }

  /** A list of one: a change of its key makes a page anew, so that none keeps what another showed. */
  get pages(): { key: string; constructor: PageConstructor }[] {
    return this.canShowPage && this.page ? [{ key: this.pageKey, constructor: this.page }] : [];
  }

  async begin(): Promise<void> {
    if (this.signInToken) {
      this.isSignedOut = true;
      return;
    }
    try {
      await this.enter(await callApi<Session>('GET', '/v1/session'));
    } catch (error) {
      this.signInProblem = toProblem(error);
      this.isSignedOut = true;
    }
  }

  async enter(session: Session): Promise<void> {
    useCsrfToken(session.csrfToken);
    this.session = session;
    this.isSignedOut = false;
    this.signInProblem = null;
    this.hasExpired = false;
    const place = sessionStorage.getItem(PLACE_KEY);
    sessionStorage.removeItem(PLACE_KEY);
    if (place) history.replaceState(null, '', place);
    else if (readRoute(location.hash).kind === 'sign-in') history.replaceState(null, '', '#/connections');
    await this.open();
  }

  /** The session is over: signing in again leads back to the same place. */
  leave(problem: ProblemView | null): void {
    if (this.isSignedOut || !this.session) return;
    sessionStorage.setItem(PLACE_KEY, location.hash);
    this.session = null;
    this.page = null;
    this.connection = null;
    this.signInProblem = problem;
    this.hasExpired = problem !== null;
    this.isSignedOut = true;
  }

  async open(): Promise<void> {
    const route = readRoute(location.hash);
    if (!this.session || route.kind === 'sign-in') return;
    const isOther = route.connectionId !== this.route.connectionId;
    const { default: page } = await findLoader(route)();
    this.route = route;
    this.page = page;
    if (isOther) this.connection = null;
    await Promise.all([this.refreshConnections(), this.refreshConnection()]);
  }

  async refreshConnections(): Promise<void> {
    try {
      this.connections = (await callApi<{ rows: ConnectionView[] }>('GET', '/v1/connections')).rows;
    } catch (error) {
      // The list page shows its own problem; the switcher goes without names meanwhile.
      toProblem(error);
    }
  }

  async refreshConnection(): Promise<void> {
    const { connectionId } = this.route;
    this.connectionProblem = null;
    if (connectionId === null) {
      this.connection = null;
      return;
    }
    try {
      const found = await callApi<ConnectionView>(
        'GET',
        `/v1/connections/${encodeURIComponent(connectionId)}`,
      );
      if (this.route.connectionId === connectionId) this.connection = found;
    } catch (error) {
      this.connection = null;
      this.connectionProblem = toProblem(error);
    }
  }

  async handleSignedIn(event: CustomEvent<Session>): Promise<void> {
    this.signInToken = '';
    askForHeadingFocus();
    await this.enter(event.detail);
  }

  async handleSignOut(): Promise<void> {
    const signOutUrl = this.session?.signOutUrl;
    try {
      await callApi('DELETE', '/v1/session');
    } catch (error) {
      toProblem(error);
    }
    this.leave(null);
    sessionStorage.removeItem(PLACE_KEY);
    if (signOutUrl) location.assign(signOutUrl);
  }

  handleConnectionChange(event: CustomEvent<ConnectionView>): void {
    this.connection = event.detail;
    void this.refreshConnections();
  }

  handleSkip(): void {
    this.template?.querySelector<HTMLElement>('main')?.focus();
  }
}
