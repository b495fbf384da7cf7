import { api, LightningElement } from 'lwc';
import { callApi, toProblem } from '../../../api/call-api.ts';
import type { ProblemView } from '../../../api/read-problem.ts';
import type { Session } from '../../../api/shapes.ts';

/** Who may enter: by a one-time link, or by the organization's own sign-in. */
export default class SignIn extends LightningElement {
  /** Of a one-time link; empty when there is none. */
  @api token = '';
  /** Why there is no session. */
  @api problem: ProblemView | null = null;
  @api hasExpired = false;

  refusal: ProblemView | null = null;
  isBusy = false;

  connectedCallback(): void {
    document.title = 'Sign in · Upflow for Salesforce';
    if (!this.problem && !this.token) void this.askForWays();
  }

  get hasToken(): boolean {
    return this.token !== '';
  }

  get ways(): string[] {
    const ways = this.problem?.document.signInWays;
    return Array.isArray(ways) ? ways.map(String) : [];
  }

  get hasOpenIdConnect(): boolean {
    return this.ways.includes('openid-connect');
  }

  get hasLink(): boolean {
    return this.ways.includes('link') || this.ways.length === 0;
  }

  /** Anything but “not signed in”, which is no problem here. */
  get otherProblem(): ProblemView | null {
    return this.refusal ?? (this.problem && this.problem.status !== 401 ? this.problem : null);
  }

  async askForWays(): Promise<void> {
    try {
      this.tell(await callApi<Session>('GET', '/v1/session'));
    } catch (error) {
      this.problem = toProblem(error);
    }
  }

  async handleEnter(): Promise<void> {
    this.isBusy = true;
    this.refusal = null;
    try {
      this.tell(await callApi<Session>('POST', '/v1/session/link', { token: this.token }));
    } catch (error) {
      this.refusal = toProblem(error);
      this.token = '';
      await this.askForWays();
    } finally {
      this.isBusy = false;
    }
  }

  handleOpenIdConnect(): void {
    location.assign('/v1/session/openid-connect/start');
  }

  tell(session: Session): void {
    this.dispatchEvent(new CustomEvent('signedin', { detail: session }));
  }
}
