import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readPort } from './read-port.ts';
import { startDemo, type Demo } from './run-demo.ts';

const dataDirectory = resolve(process.env.DATA_DIR || join(import.meta.dirname, '../../.data'));
const demo = await start().catch((error: unknown) => {
  console.error(`The demo could not start: ${(error as Error).message}`);
  process.exit(1);
});

const { addresses } = demo;
console.log(`
Upflow for Salesforce is running, with a sample organization already connected.

  An Account with its figures   ${addresses.accountPage}
  Salesforce, all pages         ${addresses.salesforce}
  Customers in Upflow           ${addresses.upflow}
  The admin console             ${addresses.console ?? 'sign-in links are switched off'}
  The companion's API           ${addresses.companion}/docs
  Its log                       ${demo.logFile}

Send a push of your own:        npm run push -- FILE
A new link to the console:      npm run console-link
Stop:                           Ctrl+C
`);
if (!demo.hasFigures) {
  console.log(`Some sample Accounts have no figures. To begin anew, stop, and delete ${dataDirectory}.\n`);
}
console.log(`ready ${JSON.stringify(addresses)}`);

async function start(): Promise<Demo> {
  mkdirSync(dataDirectory, { recursive: true });
  return startDemo({
    dataDirectory,
    companionPort: readPort('PORT', 3000),
    upflowPort: readPort('UPFLOW_SIMULATOR_PORT', 3001),
    salesforcePort: readPort('SALESFORCE_SIMULATOR_PORT', 3002),
    databaseUrl: process.env.DATABASE_URL,
    pushSecret: process.env.DEMO_PUSH_SECRET,
    apiToken: process.env.DEMO_API_TOKEN,
  });
}

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await demo.stop();
  process.exit(0);
}
process.on('SIGINT', () => void stop());
process.on('SIGTERM', () => void stop());
