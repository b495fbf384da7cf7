import { api, LightningElement } from 'lwc';
import { callApi, toProblem } from '../../../api/call-api.ts';
import type { ProblemView } from '../../../api/read-problem.ts';
import type { Authorization } from '../../../api/shapes.ts';
import { formatAgo } from '../../../format.ts';
import { forgetAuthorization } from '../../../shell/keep-authorization.ts';
import { say } from '../../../shell/say.ts';

const POLL_IN_MILLISECONDS = 2000;

/** A sign-in at Salesforce that is under way: Salesforce may never answer, and then only hints can help. */
export default class AuthorizationWait extends LightningElement {
  @api connectionId = '';
  @api authorizationId = '';

  authorization: Authorization | null = null;
  problem: ProblemView | null = null;
  timer = 0;

  connectedCallback(): void {
    void this.look();
    this.timer = window.setInterval(() => void this.look(), POLL_IN_MILLISECONDS);
  }

  disconnectedCallback(): void {
    window.clearInterval(this.timer);
  }

  get isWaiting(): boolean {
    return this.authorization?.state === 'waiting';
  }

  get isDone(): boolean {
    return this.authorization?.state === 'done';
  }

  get hasFailed(): boolean {
    return this.authorization?.state === 'failed';
  }

  get hasExpired(): boolean {
    return this.authorization?.state === 'expired';
  }

  get started(): string {
    return formatAgo(this.authorization?.startedAt);
  }

  get hints(): Authorization['hints'] {
    return this.authorization?.hints ?? [];
  }

  get hasHints(): boolean {
    return !this.isDone && this.hints.length > 0;
  }

  async look(): Promise<void> {
    const path = `/v1/connections/${encodeURIComponent(this.connectionId)}/salesforce/authorizations/${encodeURIComponent(this.authorizationId)}`;
    try {
      this.authorization = await callApi<Authorization>('GET', path);
      this.problem = null;
    } catch (error) {
      this.problem = toProblem(error);
      // One that is not known any more will never be answered.
      if (this.problem.status === 404) this.handleStartAgain();
      return;
    }
    if (this.isWaiting) return;
    window.clearInterval(this.timer);
    forgetAuthorization(this.connectionId);
    if (this.isDone) {
      say('Salesforce is connected.');
      this.handleStartAgain();
    }
    this.dispatchEvent(new CustomEvent('settled'));
  }

  handleStartAgain(): void {
    window.clearInterval(this.timer);
    forgetAuthorization(this.connectionId);
    this.dispatchEvent(new CustomEvent('startagain'));
  }
}
