import { readBytes } from '../../../protocol/answer.js';
import type { Channel } from '../../../protocol/channel.js';
import {
  appendQuery,
  readLinks,
  type ILinks
} from '../../../protocol/datalink/index.js';
import { asProtocolError, type ProtocolError } from '../../../protocol/errors.js';
import type { IWaitClock } from '../../../protocol/patience.js';
import type { IAskOptions, ITransportRequest } from '../../../protocol/transport.js';
import type { ISourceLinks } from '../../links.js';
import { Batches, type IWanted, ServiceHabit, shareOut } from './batches.js';

/** Bytes of a {links} answer that are read. */
const ANSWER_BYTES = 64 * 1024 * 1024;

/** Requests under way at once, to all services. */
const LANES = 4;

/** HTTP status of a request that is too long. */
const TOO_LONG = new Set([413, 414, 431]);

/** What is asked of one service. */
export interface IAskedService {
  /** Address without an identifier; null for a document that can only be asked for alone. */
  readonly base: string | null;
  readonly wanted: readonly IWanted[];
}

/** Asks {links} services for many documents, several at a time in one request. */
export class LinksReader {
  /**
   * @param _channel - the way to the services
   * @param _clock - tells how long they take
   */
  constructor(
    private readonly _channel: Channel,
    private readonly _clock: Pick<IWaitClock, 'now'>
  ) {}

  /** Answers in the order in which they come; never throws but `cancelled`. */
  async *read(
    services: readonly IAskedService[],
    signal: AbortSignal,
    how: IAskOptions
  ): AsyncGenerator<ISourceLinks> {
    const queues = services.map(
      ({ base, wanted }) => new Batches(wanted, base ?? '', this._habit(base))
    );
    const under = new Set<Promise<void>>();
    const ready: ISourceLinks[] = [];
    const start = (queue: Batches): void => {
      queue.running += 1;
      const task = this._ask(queue, signal, how).then(answers => {
        queue.running -= 1;
        ready.push(...answers);
        under.delete(task);
      });
      // A failure is met where it is waited for.
      task.catch(() => undefined);
      under.add(task);
    };
    for (;;) {
      for (const queue of queues) {
        while (under.size < LANES && queue.isReady) {
          start(queue);
        }
      }
      if (under.size === 0) {
        return;
      }
      await Promise.race(under);
      yield* ready.splice(0);
      if (signal.aborted) {
        throw this._channel.explain(signal.reason, signal);
      }
    }
  }

  /** One request; what it leaves open goes back to the queue. */
  private async _ask(
    queue: Batches,
    signal: AbortSignal,
    how: IAskOptions
  ): Promise<readonly ISourceLinks[]> {
    const asked = queue.next();
    const began = this._clock.now();
    try {
      const answer = await this._request(queue.base, asked, signal, how);
      queue.answered();
      return this._settle(queue, asked, answer, this._clock.now() - began);
    } catch (reason) {
      const error = asProtocolError(reason);
      if (error.kind === 'cancelled') {
        throw error;
      }
      return this._fail(queue, asked, error);
    }
  }

  private async _request(
    base: string,
    asked: readonly IWanted[],
    signal: AbortSignal,
    how: IAskOptions
  ): Promise<ILinks> {
    const request: ITransportRequest =
      asked.length === 1 ? { url: asked[0].url } : postOf(base, asked);
    return this._channel.explained(async () => {
      const answer = await this._channel.send({ ...request, ...how, signal });
      const bytes = await readBytes(answer.body, ANSWER_BYTES);
      return readLinks(bytes, {
        url: answer.url,
        readAt: this._clock.now(),
        ...(asked.length === 1 && { id: asked[0].id })
      });
    }, signal);
  }

  private _settle(
    queue: Batches,
    asked: readonly IWanted[],
    answer: ILinks,
    milliseconds: number
  ): readonly ISourceLinks[] {
    const shares = shareOut(asked, answer);
    const missing = asked.filter((_, place) => shares[place] === null);
    const came = asked.length - missing.length;
    if (missing.length === 0) {
      queue.habit.worked(asked.length, milliseconds);
    } else if (answer.isPartial) {
      queue.habit.tooMany(came || Math.floor(asked.length / 2));
      queue.again(missing, queue.habit.size > 1 ? 'together' : 'alone');
    } else {
      // The form may have been lost on the way: a redirect of a POST drops it.
      this._learn(queue, came);
      queue.again(missing, 'alone');
    }
    return asked.flatMap(({ index }, place) => {
      const share = shares[place];
      return share === null ? [] : [{ index, answer: share }];
    });
  }

  private _learn(queue: Batches, came: number): void {
    if (came === 0 && !queue.habit.isProven) {
      queue.habit.refusedPost();
    }
  }

  private _fail(
    queue: Batches,
    asked: readonly IWanted[],
    error: ProtocolError
  ): readonly ISourceLinks[] {
    if (asked.length > 1 && isTooMuch(error)) {
      queue.habit.tooMany(Math.floor(asked.length / 2));
      queue.again(asked, 'together');
      return [];
    }
    const isOver = queue.failed(error);
    if (asked.length > 1 && !isOver) {
      this._learn(queue, 0);
      queue.again(asked, 'alone');
      return [];
    }
    const given = isOver ? [...asked, ...queue.giveUp()] : asked;
    return given.map(({ index }) => ({ index, answer: error }));
  }

  /** What was learned of a service holds for the next time. */
  private _habit(base: string | null): ServiceHabit {
    const known = this._habits.get(base ?? '');
    if (base === null || known !== undefined) {
      return known ?? new ServiceHabit();
    }
    const habit = new ServiceHabit();
    this._habits.set(base, habit);
    return habit;
  }

  private readonly _habits = new Map<string, ServiceHabit>();
}

/** Fewer at a time may work. */
function isTooMuch({ kind, details }: ProtocolError): boolean {
  return kind === 'timeout' || kind === 'overflow' || TOO_LONG.has(details.status ?? 0);
}

/** The address that asks a service for one identifier. */
export function urlOfId(base: string, id: string): string {
  return appendQuery(base, [['ID', id]]);
}

function postOf(base: string, asked: readonly IWanted[]): ITransportRequest {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const body = new URLSearchParams(asked.map(({ id }) => ['ID', id]));
  return { url: base, method: 'POST', headers, body };
}
