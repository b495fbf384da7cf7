import { LightningElement } from 'lwc';
import { showToastsWith, type Toast } from '../../../shell/say.ts';

const SHOWN_FOR_MILLISECONDS = 6000;

/** What has just been done, said and shown briefly. What failed is shown where it happened instead. */
export default class Toasts extends LightningElement {
  toasts: Toast[] = [];

  connectedCallback(): void {
    showToastsWith((toast) => {
      this.toasts = [...this.toasts, toast];
      window.setTimeout(() => this.drop(toast.id), SHOWN_FOR_MILLISECONDS);
    });
  }

  get rows(): (Toast & { className: string })[] {
    return this.toasts.map((toast) => ({ ...toast, className: `toast toast-${toast.tone}` }));
  }

  drop(id: number): void {
    this.toasts = this.toasts.filter((toast) => toast.id !== id);
  }

  handleClose(event: Event): void {
    this.drop(Number((event.currentTarget as HTMLElement).dataset.id));
  }
}
