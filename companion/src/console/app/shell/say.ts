export interface Toast {
  id: number;
  tone: 'good' | 'bad';
  text: string;
}

export interface Question {
  title: string;
  message: string;
  /** What the button that goes on says, for example “Disconnect”. */
  confirmLabel: string;
  isDestructive?: boolean;
}

type Ask = (question: Question) => Promise<boolean>;

let nextId = 1;
const listeners: { toast: (toast: Toast) => void; ask: Ask } = {
  toast: () => undefined,
  ask: () => Promise.resolve(false),
};

/** The part of the shell that shows toasts registers itself here. */
export const showToastsWith = (listener: (toast: Toast) => void): void => {
  listeners.toast = listener;
};

/** The part of the shell that asks for confirmation registers itself here. */
export const askWith = (ask: Ask): void => {
  listeners.ask = ask;
};

/** Tells briefly what has just been done. */
export const say = (text: string, tone: Toast['tone'] = 'good'): void => {
  listeners.toast({ id: (nextId += 1), tone, text });
};

/** Asks before something that cannot be taken back; false when the person thinks better of it. */
export const ask: Ask = (question) => listeners.ask(question);
