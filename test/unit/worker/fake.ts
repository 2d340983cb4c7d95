import type { IWorker } from '../../../src/worker/pool.js';
import { type IWorkerScope, serve } from '../../../src/worker/serve.js';

/** A worker in the same thread: messages cross a real channel, buffers are moved. */
export class FakeWorker implements IWorker {
  /** @param begin - the script; that of the engine unless told otherwise */
  constructor(begin: (scope: IWorkerScope) => void = serve) {
    const { port1, port2 } = new MessageChannel();
    this._ports = [port1, port2];
    port1.onmessage = event => this.onmessage?.(event);
    const scope: IWorkerScope = {
      postMessage: message => port2.postMessage(message),
      onmessage: null
    };
    port2.onmessage = event => scope.onmessage?.(event);
    begin(scope);
  }

  onmessage: IWorker['onmessage'] = null;
  onmessageerror: IWorker['onmessageerror'] = null;
  onerror: IWorker['onerror'] = null;

  /** Times it was ended. */
  terminated = 0;

  postMessage(message: unknown, transfer: Transferable[]): void {
    this._ports[0].postMessage(message, transfer);
  }

  terminate(): void {
    this.terminated += 1;
    this._ports.forEach(port => port.close());
  }

  /** Dies, as for lack of memory. */
  die(message = 'out of memory'): void {
    this.onerror?.({ message } as ErrorEvent);
  }

  private readonly _ports: readonly MessagePort[];
}
