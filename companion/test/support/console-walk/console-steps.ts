import { connectSteps } from './connect-steps.ts';
import { exportSteps } from './export-steps.ts';
import type { WalkStep } from './walk.ts';

/** What a new user does in the console, from the one-time link to figures on Accounts. */
export const consoleSteps: readonly WalkStep[] = [...connectSteps, ...exportSteps];
