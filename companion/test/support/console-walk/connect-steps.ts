import { press, type WalkStep } from './walk.ts';

const CONNECTION_NAME = 'Larkfield Systems';

/** From the link to a connection that both sides know. */
export const connectSteps: readonly WalkStep[] = [
  {
    name: 'sign-in',
    go: async ({ console, demo }) => {
      await console.goto(demo.addresses.console ?? '');
      await press(console, 'Sign in').waitFor();
    },
    next: ({ console }) => press(console, 'Sign in'),
  },
  {
    name: 'connections',
    go: async ({ console }) => {
      await press(console, 'Sign in').click();
      await console.getByText('No connection yet').waitFor();
    },
    next: ({ console }) => press(console, 'Add connection'),
  },
  {
    name: 'overview',
    go: async ({ console }) => {
      await press(console, 'Add connection').click();
      await console.getByLabel('Name').fill(CONNECTION_NAME);
      await press(console, 'Create connection').click();
      await console.getByRole('heading', { name: 'Overview' }).waitFor();
    },
    next: ({ console }) => press(console, /^Connect Upflow$/),
  },
  {
    name: 'upflow-api-key',
    tab: 'upflow',
    go: async ({ upflow, demo }) => {
      await upflow.goto(`${demo.addresses.upflow}/`);
      await press(upflow, /API/).click();
      await upflow.getByLabel('API secret').first().waitFor();
    },
    next: ({ upflow }) => press(upflow, 'Copy API key'),
  },
  {
    name: 'upflow',
    go: async ({ console, upflow }) => {
      await console
        .getByRole('link', { name: /^Connect Upflow$/ })
        .last()
        .click();
      await console.getByLabel('API key').fill(await upflow.getByLabel('API key').first().inputValue());
      await console.getByLabel('API secret').fill(await upflow.getByLabel('API secret').first().inputValue());
      await press(console, 'Connect Upflow').click();
      await console.getByText('API key ends in').waitFor();
    },
    next: ({ console }) => press(console, /push secret/),
  },
  {
    name: 'push-secret',
    go: async ({ console }) => {
      await press(console, /push secret/).click();
      await console.getByLabel('Push secret').first().waitFor();
    },
    next: ({ console }) => console.getByText('Copy the new secret now'),
  },
  {
    name: 'upflow-pushes',
    tab: 'upflow',
    go: async ({ console, upflow }) => {
      await press(upflow, /Pushes/).click();
      await upflow
        .getByLabel('Push address')
        .fill(await console.getByLabel('Push address').first().inputValue());
      await upflow
        .getByLabel('Push secret')
        .fill(await console.getByLabel('Push secret').first().inputValue());
      await press(upflow, 'Save').click();
      await press(upflow, 'Send all customers now').click();
      await upflow.getByText('25 accepted, 0 refused').waitFor();
    },
    next: ({ console }) => press(console, 'Next: connect Salesforce'),
  },
  {
    name: 'salesforce-domain',
    go: async ({ console, demo }) => {
      await press(console, 'Next: connect Salesforce').click();
      await console.getByLabel('My Domain').fill(demo.addresses.salesforce);
    },
    next: ({ console }) => press(console, 'Sign in to Salesforce'),
  },
  {
    name: 'salesforce-log-in',
    go: async ({ console }) => {
      await press(console, 'Sign in to Salesforce').click();
      await console.getByText('Who are you?').waitFor();
    },
    next: ({ console }) => press(console, 'Log In'),
  },
  {
    name: 'salesforce-allow',
    go: async ({ console }) => {
      await console.getByLabel('Amina Okafor').check();
      await press(console, 'Log In').click();
      await console.getByText('Allow Access?').first().waitFor();
    },
    next: ({ console }) => press(console, 'Allow'),
  },
  {
    name: 'salesforce',
    go: async ({ console }) => {
      await press(console, 'Allow').click();
      await console.getByText('amina.okafor@larkfield-systems.example').first().waitFor();
    },
    // The permissions were looked at already, and nothing is missing.
    next: ({ console }) => press(console, 'Next: choose identifier'),
  },
  {
    name: 'permissions',
    go: async ({ console }) => {
      await press(console, 'Permissions').click();
      await console.getByText('Nothing is missing').waitFor();
    },
    next: ({ console }) => press(console, 'Next: choose identifier'),
  },
];
