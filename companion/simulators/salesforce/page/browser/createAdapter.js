/** Components get what they cannot change, as in an org. */
export function freeze(value) {
  if (value && typeof value === 'object') Object.values(value).forEach(freeze);
  return Object.freeze(value);
}

/** A wire adapter that asks again whenever its configuration changes; `ask` gives nothing while too little is known. */
export const createAdapter = (ask) =>
  class {
    constructor(emit) {
      this.emit = emit;
      this.emit({ data: undefined, error: undefined });
    }

    connect() {
      this.isConnected = true;
      this.provide();
    }

    disconnect() {
      this.isConnected = false;
    }

    update(config) {
      this.config = config;
      this.provide();
    }

    async provide() {
      const config = this.config;
      if (!config || !this.isConnected) return;
      const answer = await ask(config);
      if (answer && config === this.config && this.isConnected) this.emit(freeze(answer));
    }
  };
