import { api, LightningElement } from 'lwc';
import { toProblem } from '../../../api/call-api.ts';
import type { ProblemView } from '../../../api/read-problem.ts';
import type { ConnectionView, Session } from '../../../api/shapes.ts';
import type { Route } from '../../../shell/read-route.ts';
import { say } from '../../../shell/say.ts';

/** What every page has: who looks at which connection, one problem at a time, and timers that end with the page. */
export class Page extends LightningElement {
  @api session: Session | undefined = undefined;
  @api connection: ConnectionView | undefined = undefined;
  @api route: Route | undefined = undefined;

  /** Why the page cannot be shown. */
  problem: ProblemView | null = null;
  /** Why the last action was refused. */
  refusal: ProblemView | null = null;
  isLoading = true;
  isBusy = false;
  timers: number[] = [];
  /** What is filled into the page's form, by the names of its fields. */
  form: Record<string, string> = {};

  get mayWrite(): boolean {
    return this.session?.role === 'admin';
  }

  get connectionId(): string {
    return this.route?.connectionId ?? '';
  }

  get connectionName(): string {
    return this.connection?.name ?? '';
  }

  /** Address of the connection in the API. */
  get base(): string {
    return `/v1/connections/${encodeURIComponent(this.connectionId)}`;
  }

  get isReady(): boolean {
    return !this.isLoading && !this.problem;
  }

  disconnectedCallback(): void {
    for (const timer of this.timers) window.clearInterval(timer);
  }

  /** Fetches what the page shows. */
  async fill(fetching: () => Promise<void>): Promise<void> {
    try {
      await fetching();
      this.problem = null;
    } catch (error) {
      this.problem = toProblem(error);
    } finally {
      this.isLoading = false;
    }
  }

  /** Does what a person asked for; says so when it is done, shows why when it is refused. */
  async act(doing: () => Promise<unknown>, done = ''): Promise<boolean> {
    this.isBusy = true;
    this.refusal = null;
    try {
      await doing();
      if (done) say(done);
      return true;
    } catch (error) {
      this.refusal = toProblem(error);
      return false;
    } finally {
      this.isBusy = false;
    }
  }

  handleFill(event: CustomEvent<{ name: string; value: string }>): void {
    const { name, value } = event.detail;
    this.form = { ...this.form, [name]: value };
  }

  /** What the last refusal says about a field. */
  errorOf(name: string): string {
    return this.refusal?.errors.find(({ field }) => field === name)?.problem ?? '';
  }

  /** Repeats until the page goes; calls that fail are left to the next turn. */
  every(milliseconds: number, repeating: () => Promise<void>): void {
    this.timers.push(window.setInterval(() => void repeating().catch(() => undefined), milliseconds));
  }

  /** Tells the shell that the connection has changed. */
  tellConnection(connection: ConnectionView): void {
    this.dispatchEvent(
      new CustomEvent('connectionchange', { detail: connection, bubbles: true, composed: true }),
    );
  }
}
