import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';

import type { IJobRecord } from '../../../../src/archives/jobrecord.js';
import { unheard } from '../../../../src/model/jobs/entry.js';
import type { IJob } from '../../../../src/model/jobs/types.js';
import type { ProtocolError } from '../../../../src/protocol/errors.js';
import type { IUwsJob } from '../../../../src/protocol/uws.js';
import type { IJobsSource } from '../../../../src/view/jobs/types.js';

/** 2026-11-22T12:00:00Z, by this computer's clock. */
export const NOW = Date.UTC(2026, 10, 22, 12);

/** The service's clock goes so many milliseconds before this computer's. */
export const AHEAD = 7_200_000;

const MINUTE = 60_000;

/** A document of the service, sent now. */
export function document(changes: Partial<IUwsJob> = {}): IUwsJob {
  return {
    id: '1',
    runId: null,
    owner: null,
    phase: 'EXECUTING',
    quote: null,
    created: NOW + AHEAD - 2 * MINUTE,
    started: NOW + AHEAD - 48_000,
    ended: null,
    executionDuration: 600,
    destruction: null,
    parameters: [],
    results: [],
    error: null,
    canWait: true,
    sent: NOW + AHEAD,
    ...changes
  };
}

/** A job as it was heard now. */
export function job(
  told: Partial<IUwsJob> | null,
  changes: Partial<Omit<IJob, 'record'>> & { record?: Partial<IJobRecord> } = {}
): IJob {
  const { record, ...rest } = changes;
  const entry = unheard({
    id: 'one',
    archive: 'eso',
    service: 'https://eso.example/tap',
    url: 'https://eso.example/tap/async/1',
    name: 'Sgr A*',
    table: 'dbo.raw',
    adql: 'SELECT * FROM dbo.raw',
    maxrec: 10_000,
    created: NOW - 2 * MINUTE,
    ...record
  });
  return {
    ...entry,
    ...(told && { job: document(told), heard: NOW }),
    ...rest
  };
}

/** Jobs that a test changes. */
export class FakeSource implements IJobsSource {
  jobs: readonly IJob[] = [];
  error: ProtocolError | null = null;
  problems: readonly string[] = [];
  readonly changed = new Signal<this, void>(this);
  watchers = 0;
  gestures = 0;
  time = NOW;

  now(): number {
    return this.time;
  }

  watch(): IDisposable {
    this.watchers += 1;
    let isDisposed = false;
    return {
      get isDisposed() {
        return isDisposed;
      },
      dispose: () => {
        this.watchers -= isDisposed ? 0 : 1;
        isDisposed = true;
      }
    };
  }

  wake(): void {
    this.gestures += 1;
  }
}
