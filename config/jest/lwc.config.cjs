const { jestConfig } = require('@salesforce/sfdx-lwc-jest/config');

/** The components' own tests, with sfdx-lwc-jest's stand-ins for the platform, run by the Jest that it brings. */
module.exports = {
  ...jestConfig,
  rootDir: '../..',
  roots: ['<rootDir>/force-app'],
  testMatch: ['**/__tests__/*.test.js'],
  moduleNameMapper: {
    ...jestConfig.moduleNameMapper,
    '^lightning/uiListsApi$': '<rootDir>/config/jest/lightning/uiListsApi.js',
  },
  modulePathIgnorePatterns: ['<rootDir>/companion', '<rootDir>/.cache'],
  setupFilesAfterEnv: ['<rootDir>/config/jest/register-sa11y.cjs'],
};
