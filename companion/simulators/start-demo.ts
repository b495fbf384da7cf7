import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { readPort } from './read-port.ts';
import { startDemo, type Demo } from './run-demo.ts';

const { empty } = new Command('npm start --')
  .description('Start the companion between a simulated Upflow and a simulated Salesforce')
  .option('--empty', 'connect nothing: set up the connection yourself, in the console', false)
  .parse()
  .opts<{ empty: boolean }>();
const usualDirectory = resolve(process.env.DATA_DIR || join(import.meta.dirname, '../../.data'));
// Beside what is connected already, so that either can be started at any time.
const dataDirectory = empty ? join(usualDirectory, 'empty') : usualDirectory;
const demo = await start().catch((error: unknown) => {
  console.error(`The demo could not start: ${(error as Error).message}`);
  process.exit(1);
});

const { addresses } = demo;
console.log(`
Upflow for Salesforce is running, ${empty ? 'with nothing connected yet' : 'with a sample organization already connected'}.

  The admin console             ${addresses.console ?? `${addresses.companion}/console/`}
  ${empty ? 'An Account without figures  ' : 'An Account with its figures  '} ${addresses.accountPage}
  Salesforce, all pages         ${addresses.salesforce}
  Customers in Upflow           ${addresses.upflow}
  The companion's API           ${addresses.companion}/docs
  Its log                       ${demo.logFile}

The link to the console works once, for 15 minutes. Another one:  ${empty ? `DATA_DIR=${dataDirectory} ` : ''}npm run console-link
${empty ? 'Connect the two in five minutes:  docs/console.md' : 'Send a push of your own:          npm run push -- FILE'}
Stop:                             Ctrl+C
`);
if (!empty && !demo.hasFigures) {
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
    connected: !empty,
    pushSecret: process.env.DEMO_PUSH_SECRET,
    apiToken: process.env.DEMO_API_TOKEN,
    upflowApiKey: process.env.DEMO_UPFLOW_API_KEY,
    upflowApiSecret: process.env.DEMO_UPFLOW_API_SECRET,
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
