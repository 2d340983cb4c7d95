import { Signal } from '@lumino/signaling';
import { vi } from 'vitest';

import type { IArchive, IArchiveDefinition } from '../../../../src/archives/archive.js';
import { createIvoaArchive } from '../../../../src/archives/index.js';
import type { IJobRecord } from '../../../../src/archives/jobrecord.js';
import { type IJobsOptions, JobsModel } from '../../../../src/model/jobs/jobs.js';
import type { IQueryRequest } from '../../../../src/model/query.js';
import { ProtocolError } from '../../../../src/protocol/errors.js';
import { streamVOTable } from '../../../../src/protocol/votable/index.js';
import { signedIn } from '../../../support/accounts.js';
import { FakeUws, type IUwsHabits } from '../../../support/uws.js';
import { TIMERS } from '../../../support/waiting.js';

/** The server half's list of jobs. */
export class FakeStore {
  readonly records = new Map<string, IJobRecord>();
  problems: readonly string[] = [];
  /** Set: nothing can be kept. */
  isFull = false;

  jobs() {
    return Promise.resolve({
      jobs: [...this.records.values()],
      problems: this.problems
    });
  }

  keepJob(record: IJobRecord) {
    if (this.isFull) {
      return Promise.reject(new ProtocolError('unavailable', 'No space is left.'));
    }
    this.records.set(record.id, record);
    return Promise.resolve(record);
  }

  forgetJob(id: string) {
    this.records.delete(id);
    return Promise.resolve();
  }
}

/** Accounts that do what is asked at once; no sign-in runs out. */
export class FakeAccounts {
  constructor(public expires: number | null = null) {}

  readonly changed = new Signal<this, void>(this);
  readonly asked: string[] = [];
  /** Name of who is signed in. */
  who = 'ASTRO1';

  get(archive: string) {
    return { ...signedIn(archive, this.expires), who: this.who };
  }

  now() {
    return Date.now() / 1000;
  }

  readonly asMe = <T>(archive: string, work: () => Promise<T>): Promise<T> => {
    this.asked.push(archive);
    return work();
  };
}

const DEFINITION: IArchiveDefinition = {
  id: 'x',
  name: 'Example',
  kind: 'ivoa',
  description: '',
  services: {
    tap: [
      {
        url: 'https://tap.example/tap',
        title: 'TAP',
        tables: ['ivoa.ObsCore'],
        jobSeconds: 600
      }
    ]
  },
  signIn: { kind: 'basic' },
  origins: ['https://tap.example'],
  rank: 1,
  origin: 'shipped',
  editable: false
};

/** The jobs of a page, and the service they run at. */
export interface IBench {
  readonly uws: FakeUws;
  readonly store: FakeStore;
  readonly archive: IArchive;
  readonly model: JobsModel;
  request(changes?: Partial<IQueryRequest>): IQueryRequest;
  /** The page is loaded anew. */
  reload(options?: Partial<IJobsOptions>): JobsModel;
}

/** A page, with timers in the test's hands. */
export function bench(
  habits: Partial<IUwsHabits> = {},
  options: Partial<IJobsOptions> = {}
): IBench {
  const uws = new FakeUws(TIMERS, habits);
  const store = new FakeStore();
  const means = { transport: uws, readVOTable: streamVOTable, clock: TIMERS };
  const archive = createIvoaArchive(DEFINITION, means);
  const archives = {
    archives: [archive],
    ready: Promise.resolve(),
    get: (id: string) => (id === 'x' ? archive : undefined)
  };
  const make = (more: Partial<IJobsOptions> = {}): JobsModel =>
    new JobsModel({ store, archives, now: () => Date.now(), ...options, ...more });
  const [table] = archive.discover?.tables ?? [];
  return {
    uws,
    store,
    archive,
    model: make(),
    request: changes => ({
      archive,
      table,
      query: { adql: 'SELECT * FROM ivoa.ObsCore', maxrec: 100 },
      subject: 'M 83',
      ...changes
    }),
    reload: make
  };
}

/** Let time pass. */
export async function pass(seconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(seconds * 1000);
}

/** Do something while time passes, as far as that takes any. */
export async function meanwhile<T>(work: Promise<T>, seconds = 0): Promise<T> {
  work.catch(() => undefined);
  await pass(seconds);
  return work;
}

/** Start a job, and let pass what that takes. */
export async function start(at: IBench, changes?: Parameters<IBench['request']>[0]) {
  return meanwhile(at.model.start(at.request(changes)));
}
