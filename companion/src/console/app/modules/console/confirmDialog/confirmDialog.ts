import { LightningElement } from 'lwc';
import { askWith, type Question } from '../../../shell/say.ts';

/** Asks before something that cannot be taken back. The browser's own dialog keeps the focus inside and gives it back. */
export default class ConfirmDialog extends LightningElement {
  question: Question | null = null;
  answer: (isConfirmed: boolean) => void = () => undefined;

  connectedCallback(): void {
    askWith((question) => {
      this.question = question;
      this.template?.querySelector('dialog')?.showModal();
      return new Promise((resolve) => {
        this.answer = resolve;
      });
    });
  }

  get heading(): string {
    return this.question?.title ?? '';
  }

  get message(): string {
    return this.question?.message ?? '';
  }

  get confirmLabel(): string {
    return this.question?.confirmLabel ?? 'Go on';
  }

  get confirmClass(): string {
    return `slds-button ${this.question?.isDestructive ? 'slds-button_destructive' : 'slds-button_brand'}`;
  }

  handleConfirm(): void {
    this.answer(true);
    this.template?.querySelector('dialog')?.close();
  }

  handleCancel(): void {
    this.template?.querySelector('dialog')?.close();
  }

  /** Also after Escape; a promise that was kept already keeps its answer. */
  handleClose(): void {
    this.answer(false);
  }
}
