import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the JupyterLab under test listens, and with which login. */
const port = process.env.OBSDECK_UI_PORT ?? '18989';
const token = 'journey-login';
const origin = `http://127.0.0.1:${port}`;

export const jupyter = {
  origin,
  token,
  /** Everything the server writes: settings, workspaces, notebooks, vault, log. */
  folder: join(tmpdir(), `obsdeck-ui-${port}`),
  server: {
    command: '../../.venv/bin/python -m jupyter lab --config=jupyter_config.py',
    cwd: dirname(fileURLToPath(import.meta.url)),
    url: `${origin}/api`,
    env: {
      ...process.env,
      OBSDECK_UI_PORT: port,
      OBSDECK_UI_TOKEN: token,
      OBSDECK_DACHS: process.env.OBSDECK_DACHS ?? 'http://127.0.0.1:8080'
    },
    timeout: 120_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 }
  }
};

/** Chromium without background traffic: a closed network refuses it, many times a second. */
export const browser = {
  viewport: { width: 1440, height: 900 },
  trace: 'off',
  video: 'off',
  launchOptions: {
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync'
    ]
  }
};
