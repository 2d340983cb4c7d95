import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { jupyter } from './jupyter.mjs';

/** How long a server may take to stop. */
const PATIENCE_MS = 10_000;

/** A second Jupyter server, with other settings than the one all journeys share. */
export class AnotherJupyter {
  private constructor(
    /** Scheme, host and port. */
    readonly origin: string,
    private readonly _base: string,
    private readonly _env: NodeJS.ProcessEnv,
    private _process: ChildProcess
  ) {}

  /**
   * Start one below a base URL; resolves when it answers.
   *
   * @param base - with a slash at both ends
   * @param more - further settings, see jupyter_config.py
   */
  static async start(
    base: string,
    more: NodeJS.ProcessEnv = {}
  ): Promise<AnotherJupyter> {
    const [port, sandbox] = [await freePort(), await freePort()];
    const env = {
      ...jupyter.server.env,
      OBSDECK_UI_PORT: String(port),
      OBSDECK_UI_SANDBOX_PORT: String(sandbox),
      OBSDECK_UI_BASE: base,
      ...more
    };
    const origin = `http://127.0.0.1:${port}`;
    const another = new AnotherJupyter(origin, base, env, spawnServer(env));
    await another._answers();
    return another;
  }

  /** The folder it shows, on disk; jupyter_config.py knows the same name. */
  get root(): string {
    return join(tmpdir(), `obsdeck-ui-${this._env.OBSDECK_UI_PORT}`, 'root');
  }

  /** Stop it and wait until it is gone. */
  async stop(): Promise<void> {
    if (this._process.exitCode === null && this._process.signalCode === null) {
      const gone = once(this._process, 'exit');
      this._process.kill('SIGTERM');
      // A file of Jupyter's that is read at this moment leaves a thread which never ends.
      const patience = setTimeout(() => this._process.kill('SIGKILL'), PATIENCE_MS);
      await gone;
      clearTimeout(patience);
    }
  }

  /** Stop it and start it anew with all it has on disk. */
  async restart(): Promise<void> {
    await this.stop();
    await this._startAgain();
  }

  /** Kill it without a warning, and start it anew with all it has on disk. */
  async kill(): Promise<void> {
    const gone = once(this._process, 'exit');
    this._process.kill('SIGKILL');
    await gone;
    await this._startAgain();
  }

  private async _startAgain(): Promise<void> {
    this._process = spawnServer({ ...this._env, OBSDECK_UI_RESTARTED: 'yes' });
    await this._answers();
  }

  private async _answers(): Promise<void> {
    const url = `${this.origin}${this._base}api`;
    while (this._process.exitCode === null) {
      const answer = await fetch(url).catch(() => null);
      if (answer?.ok) {
        return;
      }
      await new Promise(resolve => setTimeout(resolve, 200));
    }
    throw new Error(`The server for ${url} ended with ${this._process.exitCode}.`);
  }
}

function spawnServer(env: NodeJS.ProcessEnv): ChildProcess {
  const { command, cwd } = jupyter.server;
  const [program, ...args] = command.split(' ');
  return spawn(program, args, { cwd, stdio: 'ignore', env });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
