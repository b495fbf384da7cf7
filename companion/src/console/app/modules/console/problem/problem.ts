import { api, LightningElement } from 'lwc';
import type { ProblemView } from '../../../api/read-problem.ts';

/** What went wrong, what it means, and what to do. */
export default class Problem extends LightningElement {
  @api problem: ProblemView | null = null;
  /** Offers to try again. */
  @api canRetry = false;

  get heading(): string {
    return this.problem?.title ?? '';
  }

  get detail(): string {
    const detail = this.problem?.detail ?? '';
    return detail === this.heading ? '' : detail;
  }

  get action(): string {
    return this.problem?.action ?? '';
  }

  get errors(): { key: string; text: string }[] {
    return (this.problem?.errors ?? []).map(({ field, problem }) => ({
      key: field + problem,
      text: field ? `${field}: ${problem}` : problem,
    }));
  }

  handleRetry(): void {
    this.dispatchEvent(new CustomEvent('retry'));
  }
}
