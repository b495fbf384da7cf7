import { stripTypeScriptTypes } from 'node:module';

/** Jest transform: removes the types exactly as Node does at run time, so tests and production run the same code. */
export default {
  process: (source) => ({ code: stripTypeScriptTypes(source) }),
};
