import { press, type WalkStep } from './walk.ts';

/** From the shared identifier to figures on an Account. */
export const exportSteps: readonly WalkStep[] = [
  {
    name: 'identifier-advice',
    go: async ({ console }) => {
      await press(console, 'Next: choose identifier').click();
      await press(console, 'Use this pair').waitFor();
    },
    next: ({ console }) => press(console, 'Use this pair'),
  },
  {
    name: 'identifier-preview',
    go: async ({ console }) => {
      await press(console, 'Use this pair').click();
      await press(console, 'Save identifier').waitFor();
    },
    next: ({ console }) => press(console, 'Save identifier'),
  },
  {
    name: 'identifier',
    go: async ({ console }) => {
      await press(console, 'Save identifier').click();
      await console.getByText('In use').first().waitFor();
    },
    next: ({ console }) => press(console, 'Next: export mapping'),
  },
  {
    name: 'mapping',
    go: async ({ console }) => {
      await press(console, 'Next: export mapping').click();
      await console.getByRole('heading', { name: 'Preview one Account' }).waitFor();
    },
    next: ({ console }) => press(console, 'Find customer'),
  },
  {
    name: 'mapping-preview',
    go: async ({ console }) => {
      await console.getByRole('textbox', { name: 'Customer' }).fill('Edge');
      await press(console, 'Find customer').click();
      await press(console, /Preview/).click();
      await console.getByRole('heading', { name: /Edge Communications/ }).waitFor();
    },
    next: ({ console }) => press(console, 'Next: try a sample'),
  },
  {
    name: 'preflight',
    go: async ({ console }) => {
      await press(console, 'Next: try a sample').click();
      await press(console, /Run/).click();
      await console.getByText('All of the sample would be written').waitFor();
    },
    next: ({ console }) => press(console, 'Next: export'),
  },
  {
    name: 'exports',
    go: async ({ console }) => {
      await press(console, 'Next: export').click();
      await press(console, 'Start first full export').click();
      await press(console, 'Start export').click();
      await console.getByText('The figures are on your Accounts').waitFor();
    },
    next: ({ console }) => console.getByText('Open an Account in Salesforce to see them'),
  },
  {
    name: 'account',
    tab: 'salesforce',
    go: async ({ salesforce, demo }) => {
      await salesforce.goto(demo.addresses.accountPage);
      await salesforce.locator('[data-component="upflowAccountPanel"] [data-figure="outstanding"]').waitFor();
    },
  },
];
