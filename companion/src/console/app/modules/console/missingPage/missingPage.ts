import { api } from 'lwc';
import type { ProblemView } from '../../../api/read-problem.ts';
import { Page } from '../page/page.ts';

/** There is no such page, or no such connection, or it may not be seen. */
export default class MissingPage extends Page {
  @api failure: ProblemView | null = null;

  get isMissing(): boolean {
    return !this.failure || this.failure.status === 404;
  }

  get isForbidden(): boolean {
    return this.failure?.status === 403;
  }

  get heading(): string {
    if (this.isForbidden) return 'You have no access to this connection';
    if (!this.failure) return 'This page is not here';
    return this.isMissing ? 'This connection is not here' : 'This connection cannot be shown';
  }

  get lead(): string {
    return this.failure ? '' : 'The address names no page of the console.';
  }

  handleRetry(): void {
    this.dispatchEvent(new CustomEvent('retry'));
  }
}
