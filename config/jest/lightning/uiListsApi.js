import { createLdsTestWireAdapter } from '@salesforce/wire-service-jest-util';

/** The stand-ins of sfdx-lwc-jest lack this adapter. */
export const getListRecordsByName = createLdsTestWireAdapter(jest.fn());
