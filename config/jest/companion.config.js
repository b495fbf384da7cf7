/** The companion's and the simulators' tests: ES modules, TypeScript with its types stripped by Node itself. */
export default {
  rootDir: '../../companion',
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '<rootDir>/../config/jest/strip-types.js' },
  globalSetup: '<rootDir>/test/support/prepare-run.ts',
  globalTeardown: '<rootDir>/test/support/stop-database-server.ts',
  // Far above what any test takes alone: two files run at once, on machines of all kinds.
  testTimeout: 90_000,
  // A test that fails half-way may leave a server open; the run must end all the same.
  forceExit: true,
};
