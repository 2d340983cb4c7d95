import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import { defineConfig } from '@playwright/test';

import { browser, jupyter } from '../../ui/jupyter.mjs';
import { fileOf } from '../files.mjs';
import { RECORDING } from '../recording.mjs';
import { PACES, PORT, REPLAY_PACE, REPLAY_PORT, ROWS } from './settings.mjs';

const tapServer = (file, port) => ({
  command: `node tapserver.mjs ${file} ${port}`,
  port,
  gracefulShutdown: { signal: 'SIGTERM', timeout: 1000 }
});

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
    tapServer(fileOf('tabledata', ROWS), PORT),
    tapServer(RECORDING, REPLAY_PORT),
    {
      ...jupyter.server,
      command: '../../../.venv/bin/python -m jupyter lab --config=jupyter_config.py',
      cwd: dirname(fileURLToPath(import.meta.url)),
      env: {
        ...jupyter.server.env,
        OBSDECK_BENCH_PORT: String(PORT),
        OBSDECK_BENCH_PACES: PACES.join(),
        OBSDECK_BENCH_REPLAY: `http://127.0.0.1:${REPLAY_PORT}/${REPLAY_PACE}/tap`
      }
    }
  ]
});
