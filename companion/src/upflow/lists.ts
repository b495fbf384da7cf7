import type { UpflowList } from './read-list.ts';

// The key of each list's items, as clients of the live API report it; a correction is one line.
export const CUSTOMERS: UpflowList = { path: '/customers', key: 'customers' };
export const INVOICES: UpflowList = { path: '/invoices', key: 'invoices' };
export const PAYMENTS: UpflowList = { path: '/payments', key: 'items' };
export const CREDIT_NOTES: UpflowList = { path: '/credit_notes', key: 'items' };
export const REFUNDS: UpflowList = { path: '/refunds', key: 'items' };
export const WORKFLOWS: UpflowList = { path: '/dunning_plans', key: 'items' };
export const ACTIONS: UpflowList = { path: '/actions', key: 'items' };
export const USERS: UpflowList = { path: '/users', key: 'users' };
export const CUSTOM_FIELDS: UpflowList = { path: '/custom_fields', key: 'items' };
