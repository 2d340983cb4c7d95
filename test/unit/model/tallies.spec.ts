import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { IQuestion } from '../../../src/model/question.js';
import { Tallies } from '../../../src/model/tallies.js';
import { ProtocolError } from '../../../src/protocol/errors.js';
import type { VOTableEvent } from '../../../src/protocol/votable/types.js';
import { answerOf } from './answers.js';
import { archiveOf, TABLE } from './rows.js';

/** A service that answers when the test says so. */
class Service {
  readonly asked: string[] = [];
  readonly stopped: string[] = [];

  readonly archive = archiveOf((query, signal) => this._answer(query.adql, signal));

  question(adql: string, as: IQuestion['as'] = 'anyone'): IQuestion {
    return { archive: this.archive, table: TABLE, query: { adql, maxrec: 10 }, as };
  }

  async release(adql: string, error?: ProtocolError): Promise<void> {
    this._waiting.get(adql)?.(error);
    await settle();
  }

  private async *_answer(
    adql: string,
    signal: AbortSignal
  ): AsyncGenerator<VOTableEvent> {
    this.asked.push(adql);
    const error = await new Promise<ProtocolError | undefined>((resolve, reject) => {
      this._waiting.set(adql, resolve);
      signal.addEventListener('abort', () => {
        this.stopped.push(adql);
        reject(new DOMException('Stopped.', 'AbortError'));
      });
    });
    if (error) {
      throw error;
    }
    yield* answerOf({ n_rows: [adql.length] });
  }

  private readonly _waiting = new Map<string, (error?: ProtocolError) => void>();
}

async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

let service: Service;
let tallies: Tallies;

beforeEach(() => {
  vi.useFakeTimers();
  service = new Service();
  tallies = new Tallies();
});

afterEach(() => {
  tallies.dispose();
  vi.useRealTimers();
});

describe('Tallies', () => {
  it('asks two at once, the others in their order', async () => {
    const questions = ['a', 'b', 'c'].map(adql => service.question(adql));
    tallies.want(questions);
    await settle();
    expect(service.asked).toEqual(['a', 'b']);
    expect(questions.map(question => tallies.get(question)?.state)).toEqual([
      'waiting',
      'waiting',
      'waiting'
    ]);
    await service.release('b');
    expect(service.asked).toEqual(['a', 'b', 'c']);
    expect(tallies.get(questions[1])?.state).toBe('done');
  });

  it('asks each but once, in each name', async () => {
    tallies.want([service.question('a')]);
    await settle();
    await service.release('a');
    tallies.want([service.question('a')]);
    await settle();
    expect(service.asked).toEqual(['a']);
    expect(tallies.get(service.question('a', 'me'))).toBeNull();
    tallies.want([service.question('a', 'me')]);
    await settle();
    expect(service.asked).toEqual(['a', 'a']);
  });

  it('stops what is not wanted any more, and leaves the rest', async () => {
    tallies.want(['a', 'b', 'c'].map(adql => service.question(adql)));
    await settle();
    tallies.want([service.question('b')]);
    await settle();
    expect(service.stopped).toEqual(['a']);
    expect(tallies.get(service.question('a'))).toBeNull();
    await service.release('b');
    expect(service.asked).toEqual(['a', 'b']);
    expect(tallies.isBusy).toBe(false);
  });

  it('gives up after 20 s, stops the service, and says so', async () => {
    tallies.want([service.question('slow')]);
    await vi.advanceTimersByTimeAsync(19_999);
    expect(service.stopped).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(service.stopped).toEqual(['slow']);
    const tally = tallies.get(service.question('slow'));
    expect(tally?.state === 'failed' && tally.error.message).toBe(
      'No answer within 20 s.'
    );
  });

  it('asks what was refused again only when told', async () => {
    const question = service.question('a');
    tallies.want([question]);
    await settle();
    await service.release('a', new ProtocolError('rejected', 'No GROUP BY here.'));
    const tally = tallies.get(question);
    expect(tally?.state === 'failed' && tally.error.message).toBe('No GROUP BY here.');
    tallies.want([question]);
    await settle();
    expect(service.asked).toHaveLength(1);
    tallies.want([question], true);
    await settle();
    expect(service.asked).toHaveLength(2);
  });

  it('forgets what was counted in the name of somebody who signed out', async () => {
    tallies.want([service.question('a', 'me')]);
    await settle();
    await service.release('a');
    tallies.forget('test');
    expect(tallies.get(service.question('a', 'me'))).toBeNull();
  });
});
