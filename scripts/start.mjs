// @ts-check
// Runs on whatever Node is installed: installs what is missing, then starts the demo on the pinned Node.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { install, NODE } from './install.mjs';

install('demo');
const demo = fileURLToPath(new URL('../companion/simulators/start-demo.ts', import.meta.url));
const child = spawn(fileURLToPath(NODE), [demo, ...process.argv.slice(2)], { stdio: 'inherit' });
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
  process.on(signal, () => child.kill(signal));
// npm passes SIGTERM to the shell that it put in between, and that shell ends without passing it on.
if (process.env.npm_lifecycle_event === 'start') {
  const shell = process.ppid;
  setInterval(() => process.ppid !== shell && child.kill('SIGTERM'), 500).unref();
}
child.on('exit', (code) => process.exit(code ?? 1));
