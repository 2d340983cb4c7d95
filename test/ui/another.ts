import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

import { jupyter } from './jupyter.mjs';

/** A second Jupyter server, with other settings than the one all journeys share. */
export class AnotherJupyter {
  private constructor(
    /** Scheme, host and port. */
    readonly origin: string,
    private readonly _process: ChildProcess
  ) {}

  /**
   * Start one below a base URL; resolves when it answers.
   *
   * @param base - with a slash at both ends
   */
  static async start(base: string): Promise<AnotherJupyter> {
    const { command, cwd, env } = jupyter.server;
    const [port, sandbox] = [await freePort(), await freePort()];
    const [program, ...args] = command.split(' ');
    const server = spawn(program, args, {
      cwd,
      stdio: 'ignore',
      env: {
        ...env,
        OBSDECK_UI_PORT: String(port),
        OBSDECK_UI_SANDBOX_PORT: String(sandbox),
        OBSDECK_UI_BASE: base
      }
    });
    const another = new AnotherJupyter(`http://127.0.0.1:${port}`, server);
    await another._answers(`${another.origin}${base}api`);
    return another;
  }

  /** Stop it and wait until it is gone. */
  async stop(): Promise<void> {
    if (this._process.exitCode === null) {
      this._process.kill('SIGTERM');
      await once(this._process, 'exit');
    }
  }

  private async _answers(url: string): Promise<void> {
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

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
