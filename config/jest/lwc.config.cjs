const { jestConfig } = require('@salesforce/sfdx-lwc-jest/config');

/** The components' own tests: run with sfdx-lwc-jest, accessibility matcher included. */
module.exports = {
  ...jestConfig,
  rootDir: '../..',
  roots: ['<rootDir>/force-app'],
  modulePathIgnorePatterns: ['<rootDir>/companion', '<rootDir>/.cache'],
  setupFilesAfterEnv: ['<rootDir>/config/jest/register-sa11y.cjs'],
};
