import { ProtocolError } from './errors.js';
import { retryTime } from './retry.js';
import type { ITransport, ITransportRequest, ITransportResponse } from './transport.js';

/** Time as waiting sees it. */
export interface IWaitClock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Resolves after so many milliseconds; throws `cancelled` when the signal is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Milliseconds beyond which nobody is kept waiting: the error then tells when. */
const LONGEST_WAIT = 5 * 60_000;

/** The clock of this computer. */
export const COMPUTER_CLOCK: IWaitClock = { now: () => Date.now(), sleep };

/**
 * A transport that does as it is told by a service that has been asked too often (HTTP
 * status 429): it waits and asks once more. The second answer is given whatever it is.
 */
export class PatientTransport implements ITransport {
  /**
   * @param _transport - the way to the services
   * @param _clock - what it waits by
   */
  constructor(
    private readonly _transport: ITransport,
    private readonly _clock: IWaitClock = COMPUTER_CLOCK
  ) {}

  /** Send a request; see {@link ITransport.request}. */
  async request(
    archive: string,
    request: ITransportRequest
  ): Promise<ITransportResponse> {
    const answer = await this._transport.request(archive, request);
    const until = answer.status === 429 ? retryTime(answer, this._clock.now()) : null;
    const wait = until === null ? Infinity : until - this._clock.now();
    if (until === null || wait > LONGEST_WAIT) {
      return answer;
    }
    await answer.body.cancel();
    request.waits?.(until);
    try {
      await this._clock.sleep(Math.max(0, wait), request.signal);
    } finally {
      request.waits?.(null);
    }
    return this._transport.request(archive, request);
  }
}

function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(new ProtocolError('cancelled', 'Cancelled.'));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) {
      stop();
    }
  });
}
