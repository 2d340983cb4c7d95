import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import { defineConfig } from '@playwright/test';

import { browser, jupyter } from '../../ui/jupyter.mjs';
import { fileOf } from '../files.mjs';
import { PACES, PORT, ROWS } from './settings.mjs';

/** The benchmark's measurements in Chromium and JupyterLab: nothing is asserted of times. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.bench.ts',
  outputDir: '../../../test-results/bench',
  workers: 1,
  timeout: 900_000,
  reporter: [['./reporter.mjs']],
  use: { ...browser, baseURL: jupyter.origin },
  webServer: [
    {
      command: `node tapserver.mjs ${fileOf('tabledata', ROWS)} ${PORT}`,
      port: PORT,
      gracefulShutdown: { signal: 'SIGTERM', timeout: 1000 }
    },
    {
      ...jupyter.server,
      command: '../../../.venv/bin/python -m jupyter lab --config=jupyter_config.py',
      cwd: dirname(fileURLToPath(import.meta.url)),
      env: {
        ...jupyter.server.env,
        OBSDECK_BENCH_PORT: String(PORT),
        OBSDECK_BENCH_PACES: PACES.join()
      }
    }
  ]
});
