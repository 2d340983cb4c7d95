import { Notification } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { Signal } from '@lumino/signaling';
import { screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { IArchive } from '../../../../src/archives/archive.js';
import { addressOf } from '../../../../src/model/jobs/entry.js';
import type { IJob } from '../../../../src/model/jobs/types.js';
import type { IQueryRequest } from '../../../../src/model/query.js';
import { JobActions } from '../../../../src/plugins/jobs/jobactions.js';
import { addJobCommands } from '../../../../src/plugins/jobs/jobcommands.js';
import { tellEnds } from '../../../../src/plugins/jobs/jobnotices.js';
import type { IObsSelection, IQueryJobs } from '../../../../src/tokens.js';
import { job } from '../../view/jobs/fakes.js';

const trans = nullTranslator.load('obsdeck');
const ARCHIVE = { definition: { id: 'eso', name: 'ESO' } } as unknown as IArchive;

/** As much of the jobs as the plugins need. */
class Jobs {
  jobs: readonly IJob[] = [];
  readonly changed = new Signal<this, void>(this);
  readonly ended = new Signal<this, IJob>(this);
  start = vi.fn();
  run = vi.fn();
  stop = vi.fn<(id: string) => Promise<void>>(async () => undefined);
  remove = vi.fn<(id: string, atService?: boolean) => Promise<void>>(
    async () => undefined
  );
  note = vi.fn();
  refresh = vi.fn<(everywhere?: boolean) => Promise<void>>(async () => undefined);
  keep = vi.fn(async (id: string) => this.get(id));
  get = (id: string) => this.jobs.find(({ record }) => record.id === id);
  request = (id: string): IQueryRequest | null => {
    const entry = this.get(id);
    return (
      (entry && {
        archive: ARCHIVE,
        table: { name: 'dbo.raw', title: 'raw', service: 'https://eso.example/tap' },
        query: { adql: entry.record.adql, maxrec: entry.record.maxrec },
        subject: entry.record.name,
        job: addressOf(entry)
      }) ??
      null
    );
  };
}

let jobs: Jobs;
let commands: CommandRegistry;
let opened: IQueryRequest[];
let shown: { state: string; rows: number };
let actions: JobActions;

beforeEach(() => {
  jobs = new Jobs();
  commands = new CommandRegistry();
  opened = [];
  shown = { state: 'done', rows: 7 };
  const selection = {
    open: async (request: IQueryRequest) => void opened.push(request),
    get query() {
      const provenance = opened.at(-1);
      const rows = { rowCount: shown.rows };
      return { result: { state: shown.state, rows, provenance } };
    }
  };
  actions = new JobActions({
    jobs: jobs as unknown as IQueryJobs,
    selection: selection as unknown as IObsSelection,
    commands,
    trans
  });
});

const done = () => job({ phase: 'COMPLETED' });

describe('what is done with a job', () => {
  it('opens its rows, and notes how many came', async () => {
    jobs.jobs = [done()];
    await actions.act('open', 'one');
    expect(opened[0].job?.url).toBe('https://eso.example/tap/async/1');
    expect(jobs.note).toHaveBeenCalledWith('one', { rows: 7 });
  });

  it('notes nothing of rows that did not all come', async () => {
    jobs.jobs = [done()];
    shown.state = 'partial';
    await actions.act('open', 'one');
    expect(jobs.note).not.toHaveBeenCalled();
  });

  it('runs the query again as a job of its own', async () => {
    jobs.jobs = [job({ phase: 'ERROR' }, { record: { as: 'me' } })];
    await actions.act('again', 'one');
    const [request] = jobs.start.mock.calls[0] as [IQueryRequest];
    expect(request.query.adql).toBe('SELECT * FROM dbo.raw');
    expect(request.job).toBeUndefined();
  });

  it('keeps a job started elsewhere, and opens its rows where it has some', async () => {
    jobs.jobs = [done()];
    await actions.act('fetch', 'one');
    expect(jobs.keep).toHaveBeenCalledWith('one');
    expect(opened).toHaveLength(1);
    jobs.jobs = [job({})];
    await actions.act('fetch', 'one');
    expect(opened).toHaveLength(1);
  });

  it.each([
    ['Remove', [['one', true]]],
    ['Remove here only', [['one', false]]],
    ['Cancel', []]
  ])('asks before a result is deleted: %s', async (label, calls) => {
    jobs.jobs = [done()];
    const removing = actions.act('remove', 'one');
    const button = await waitFor(() => screen.getByText(label));
    expect(screen.getByText(/still keeps its result/)).toBeTruthy();
    button.click();
    await removing;
    expect(jobs.remove.mock.calls).toEqual(calls);
  });

  it('does not ask where there is no result to lose', async () => {
    jobs.jobs = [job({ phase: 'ERROR' })];
    await actions.act('remove', 'one');
    expect(jobs.remove).toHaveBeenCalledWith('one', true);
  });

  it('says so where the query is not known', async () => {
    await expect(actions.act('open', 'nobody')).rejects.toThrow(/is not known/);
  });
});

describe('commands of jobs', () => {
  beforeEach(() =>
    addJobCommands({
      commands,
      jobs: jobs as unknown as IQueryJobs,
      actions,
      translator: nullTranslator,
      palette: null,
      nameOf: () => 'ESO'
    })
  );

  it('have the labels of the palette', () => {
    const labels = ['refresh-jobs', 'open-job', 'stop-job'].map(id =>
      commands.label(`obsdeck:${id}`)
    );
    expect(labels).toEqual(['Refresh jobs', 'Open job …', 'Stop job …']);
  });

  it('stop the job they are told', async () => {
    jobs.jobs = [job({})];
    await commands.execute('obsdeck:stop-job', { job: 'one' });
    expect(jobs.stop).toHaveBeenCalledWith('one');
  });

  it('are off where nothing fits', () => {
    jobs.jobs = [job({})];
    expect(commands.isEnabled('obsdeck:open-job')).toBe(false);
    expect(commands.isEnabled('obsdeck:stop-job')).toBe(true);
  });

  it('ask which job is meant', async () => {
    jobs.jobs = [done()];
    const opening = commands.execute('obsdeck:open-job');
    const ok = await waitFor(() => screen.getByText('Open'));
    const choices = document.querySelectorAll('.jp-Dialog option');
    expect([...choices].map(one => one.textContent)).toEqual(['1. Sgr A*, ESO']);
    ok.click();
    await opening;
    expect(opened).toHaveLength(1);
  });

  it('remove what has nothing more to give, and leave the rest', async () => {
    jobs.jobs = [
      done(),
      job({}, { record: { id: 'runs' } }),
      job({ phase: 'ERROR' }, { record: { id: 'failed' } }),
      job({}, { gone: true, record: { id: 'gone' } })
    ];
    await commands.execute('obsdeck:remove-finished-jobs');
    expect(jobs.remove.mock.calls.map(([id]) => id)).toEqual(['failed', 'gone']);
  });

  it('look everywhere once that was chosen', async () => {
    await commands.execute('obsdeck:show-all-jobs');
    await commands.execute('obsdeck:refresh-jobs');
    expect(commands.isToggled('obsdeck:show-all-jobs')).toBe(true);
    expect(jobs.refresh.mock.calls).toEqual([[true], [true]]);
  });
});

describe('the end of a job', () => {
  let seen: boolean;
  const open = vi.fn(async () => undefined);
  const show = vi.fn();

  beforeEach(() => {
    seen = false;
    tellEnds({
      jobs: jobs as unknown as IQueryJobs,
      trans,
      nameOf: () => 'ESO',
      isSeen: () => seen,
      open,
      show
    });
  });
  afterEach(() => Notification.dismiss());

  const notices = () => Notification.manager.notifications;

  it('is told, and its rows are one click away', () => {
    jobs.ended.emit(done());
    expect(notices()[0].message).toBe('Sgr A*: the job at ESO is done.');
    const [action] = notices()[0].options.actions ?? [];
    expect(action.label).toBe('Open');
    action.callback(new MouseEvent('click'));
    expect(open).toHaveBeenCalledWith('one');
  });

  it('is told in the service’s words where it failed', () => {
    const error = { message: 'Too slow.', transient: true, hasDetail: false };
    jobs.ended.emit(job({ phase: 'ERROR', error }));
    expect(notices()[0].message).toBe('Sgr A*: the job at ESO failed: “Too slow.”');
  });

  it('is not told to whom sees it', () => {
    seen = true;
    jobs.ended.emit(done());
    expect(notices()).toEqual([]);
  });
});
