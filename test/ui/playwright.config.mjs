import { defineConfig } from '@playwright/test';

import { browser, jupyter } from './jupyter.mjs';

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../test-results/ui',
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env.CI),
  use: { ...browser, baseURL: jupyter.origin, extraHTTPHeaders: {} },
  webServer: jupyter.server
});
