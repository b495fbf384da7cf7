const HIGHEST_PORT = 65_535;

/**
 * The port that an environment variable sets, or the usual one where it is not set. 0 takes any free port.
 *
 * @throws {Error} that names the variable, if its value is no port
 */
export function readPort(name: string, usual: number): number {
  const text = process.env[name] ?? '';
  if (text === '') return usual;
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= HIGHEST_PORT) return port;
  throw new Error(`${name} must be a port, a whole number from 0 to ${HIGHEST_PORT}, and is ${text}.`);
}
