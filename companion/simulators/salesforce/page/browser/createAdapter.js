import { openSource } from './recordSource.js';

/** Components get what they cannot change, as in an org. */
export function freeze(value) {
  if (value && typeof value === 'object') Object.values(value).forEach(freeze);
  return Object.freeze(value);
}

/** A wire adapter that asks again whenever its configuration changes; `toPath` gives nothing while too little is known. */
export const createAdapter = (toPath) =>
  class {
    constructor(emit) {
      this.ask = openSource();
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
      const path = config && this.isConnected ? toPath(config) : undefined;
      if (!path) return;
      const answer = await this.ask(path);
      if (config === this.config && this.isConnected) this.emit(freeze(answer));
    }
  };
