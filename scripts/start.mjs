// @ts-check
// Runs on whatever Node is installed: installs what is missing, then starts the demo on the pinned Node.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { install, NODE } from './install.mjs';

install('demo');
const demo = fileURLToPath(new URL('../companion/simulators/start-demo.ts', import.meta.url));
const child = spawn(fileURLToPath(NODE), [demo], { stdio: 'inherit' });
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
  process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
