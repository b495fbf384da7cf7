import { InvalidConfig, readConfig, type Config } from './config.ts';
import { buildConsole } from './console/build-console.ts';
import { openLog } from './open-log.ts';
import { startCompanion } from './start-companion.ts';

const config = readConfigOrExit();
const log = openLog(config.logLevel);

const companion = await startCompanion(config, log).catch((error: unknown) => {
  log.fatal({ err: error }, 'companion could not start');
  process.exit(1);
});
// A process that started us as a child learns the address, also when the port was left open.
process.send?.({ url: companion.url, consoleLink: companion.consoleLink });
if (companion.consoleLink !== undefined) showLink(companion.consoleLink);

// Nobody who opens the console soon should wait for it.
buildConsole().catch((error: unknown) => log.error({ err: error }, 'console not built'));

let stopping = false;
async function stop(signal: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ signal }, 'companion stops');
  const deadline = setTimeout(() => {
    log.fatal('companion did not stop in time');
    process.exit(1);
  }, config.stopTimeoutInMs + 10_000);
  await companion.stop();
  clearTimeout(deadline);
  process.exit(0);
}
process.on('SIGTERM', (signal) => void stop(signal));
process.on('SIGINT', (signal) => void stop(signal));
process.on('disconnect', () => void stop('disconnect'));
process.on('unhandledRejection', (error) => {
  log.fatal({ err: error }, 'unhandled rejection');
  process.exit(1);
});

/** To a person at a terminal only: what else reads this output keeps it, and the link opens the console. */
function showLink(link: string): void {
  if (process.stderr.isTTY) {
    process.stderr.write(`\nThe console, for one sign-in within 15 minutes:\n\n  ${link}\n\n`);
  }
}

function readConfigOrExit(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof InvalidConfig)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}
