import type { ConnectionView, StepName, StepState } from '../api/shapes.ts';
import { linkTo } from './read-route.ts';

export interface StepView {
  name: StepName;
  number: number;
  title: string;
  text: string;
  state: StepState;
  /** What the step's button says. */
  action: string;
  href: string;
}

const STEPS: { name: StepName; page: string; title: string; todo: string; done: string; action: string }[] = [
  {
    name: 'upflow',
    page: 'upflow',
    title: 'Connect Upflow',
    todo: 'Enter the API key and secret of your Upflow organization.',
    done: 'The companion reads your Upflow organization.',
    action: 'Connect Upflow',
  },
  {
    name: 'salesforce',
    page: 'salesforce',
    title: 'Connect Salesforce',
    todo: 'Sign in to the Salesforce org whose Accounts get the figures.',
    done: 'The companion is signed in to your Salesforce org.',
    action: 'Connect Salesforce',
  },
  {
    name: 'permissions',
    page: 'permissions',
    title: 'Check permissions',
    todo: 'See whether the Salesforce user may do all that is needed, and what is missing.',
    done: 'The Salesforce user may do all that is needed.',
    action: 'Check permissions',
  },
  {
    name: 'identifier',
    page: 'identifier',
    title: 'Choose the shared identifier',
    todo: 'Choose the value that names the same customer on both sides.',
    done: 'Customers are matched to Accounts.',
    action: 'Choose identifier',
  },
  {
    name: 'export',
    page: 'preflight',
    title: 'Export for the first time',
    todo: 'Try a sample first, then write the figures to all matched Accounts.',
    done: 'Figures are on your Accounts, and each push keeps them up to date.',
    action: 'Try before exporting',
  },
];

/** The set-up as a path: what is done, what comes next, what comes later. */
export const describeSteps = ({ id, steps }: ConnectionView): StepView[] =>
  STEPS.map(({ name, page, title, todo, done, action }, index) => {
    const state = steps[name];
    return {
      name,
      number: index + 1,
      title,
      text: state === 'done' ? done : todo,
      state,
      action,
      href: linkTo(id, page),
    };
  });
