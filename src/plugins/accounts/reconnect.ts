import type { IDisposable } from '@lumino/disposable';
import { Poll } from '@lumino/polling';

import { isOwnServer, type ProtocolError } from '../../protocol/errors.js';
import type { IArchiveRegistry, ITransport } from '../../tokens.js';

/** Milliseconds between two questions to a server that is gone; the pauses grow. */
const FREQUENCY = { interval: 2000, backoff: 1.5, max: 30_000 };

/** The same transport; tells when it was the Jupyter server that did not answer. */
export function tellLost(transport: ITransport, lost: () => void): ITransport {
  return {
    request: async (archive, request) => {
      try {
        return await transport.request(archive, request);
      } catch (error) {
        if (isOwnServer(error)) {
          lost();
        }
        throw error;
      }
    }
  };
}

/**
 * While the Jupyter server does not answer, shake hands again until it does; not while the
 * page is hidden.
 */
export function keepAsking(
  registry: Pick<IArchiveRegistry, 'handshake' | 'error' | 'changed' | 'refresh'>
): IDisposable {
  const whyOffline = (): ProtocolError | null =>
    registry.handshake?.state === 'offline' ? registry.handshake.error : registry.error;
  const poll = new Poll({
    name: 'obsdeck:reconnect',
    auto: false,
    frequency: FREQUENCY,
    standby: 'when-hidden',
    factory: async () => {
      await registry.refresh();
      const reason = whyOffline();
      if (reason) {
        throw reason;
      }
    }
  });
  registry.changed.connect(() => void (whyOffline() ? poll.start() : poll.stop()));
  return poll;
}
