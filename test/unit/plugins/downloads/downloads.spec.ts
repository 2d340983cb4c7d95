import { Notification } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { DownloadPlan } from '../../../../src/model/downloads/plan.js';
import type { IDownload } from '../../../../src/model/downloads/types.js';
import { DownloadNotices } from '../../../../src/plugins/downloads/downloadnotices.js';
import { FakeQueue, file } from '../../../support/downloads.js';

const trans = nullTranslator.load('obsdeck');
const done = (id: string): IDownload => file(id, { state: 'done', end: 'checked' });
const told = () => Notification.manager.notifications;

describe('notifications of the queue', () => {
  let queue: FakeQueue;
  let isSeen: boolean;
  const insertPaths = vi.fn(async () => undefined);
  const signIn = vi.fn(async () => undefined);
  const openFolder = vi.fn(async () => undefined);

  beforeEach(() => {
    vi.clearAllMocks();
    isSeen = false;
    queue = new FakeQueue();
    new DownloadNotices({
      queue,
      trans,
      nameOf: () => 'pyobs',
      ranOut: () => Date.UTC(2026, 10, 21, 20, 52),
      isSeen: () => isSeen,
      insertPaths,
      signIn,
      openFolder,
      show: vi.fn()
    });
  });

  afterEach(() => Notification.dismiss());

  it('say nothing of what was done before, and once when all is done', () => {
    queue.put([done('old')]);
    queue.put([done('old'), file('a'), file('b', { state: 'running' })]);
    queue.put([done('old'), done('a'), file('b', { state: 'running' })]);
    expect(told()).toHaveLength(0);
    queue.put([done('old'), done('a'), done('b')]);
    queue.put([done('old'), done('a'), done('b')]);
    expect(told().map(({ message }) => message)).toEqual(['2 files are in data/eso.']);
    const { actions = [] } = told()[0].options;
    expect(actions.map(({ label }) => label)).toEqual([
      'Open folder',
      'Insert paths as cell'
    ]);
    actions[1].callback(new MouseEvent('click'));
    expect(insertPaths).toHaveBeenCalledWith([done('a'), done('b')]);
    queue.put([done('a'), file('c')]);
    expect(told()).toHaveLength(0);
  });

  it('ask once for the sign-in that stopped them, and are kept true', () => {
    queue.put([file('a', { state: 'running' }), file('b')]);
    queue.put([file('a', { state: 'sign-in' }), file('b', { state: 'sign-in' })]);
    expect(told().map(({ message }) => message)).toEqual([
      'The pyobs sign-in ran out at 20:52 UTC. Finished files are safe.'
    ]);
    const [action] = told()[0].options.actions ?? [];
    expect(action.label).toBe('Sign in and go on');
    action.callback(new MouseEvent('click'));
    expect(signIn).toHaveBeenCalledWith('eso');
    queue.put([file('a', { state: 'running' }), file('b')]);
    expect(told()).toHaveLength(0);
  });

  it('tell what needs the user, in its words', () => {
    queue.put([file('a'), file('b')]);
    const message = 'A web page came instead of the file. Nothing was saved.';
    queue.put([done('a'), file('b', { state: 'failed', message })]);
    expect(told()[0].message).toBe(
      `1 file needs you: ${message} 1 file is in data/eso.`
    );
  });

  it('are silent where the user sees the queue, or paused it', () => {
    isSeen = true;
    queue.put([file('a')]);
    queue.put([done('a')]);
    isSeen = false;
    queue.put([file('b')]);
    queue.put([file('b', { state: 'paused' })]);
    expect(told()).toHaveLength(0);
  });
});

describe('a plan', () => {
  const request = { archive: 'eso', url: 'https://x.org/f' };
  const found = { folder: 'a', files: 1, bytes: 10, unsized: 0, free: 5, here: [] };

  it('needs the user where there is not enough room', async () => {
    const check = vi.fn(async () => found);
    const plan = new DownloadPlan(
      [request],
      { check, add: vi.fn() },
      {
        folder: ' a ',
        layout: 'flat'
      }
    );
    await plan.check();
    expect([plan.isFull, plan.isClear]).toEqual([true, false]);
    expect(check).toHaveBeenCalledWith([request], {
      folder: 'a',
      layout: 'flat',
      start: true
    });
    plan.dispose();
  });

  it('takes no answer about a folder that is no longer chosen', async () => {
    vi.useFakeTimers();
    const answers: ((check: typeof found) => void)[] = [];
    const check = () => new Promise<typeof found>(resolve => answers.push(resolve));
    const plan = new DownloadPlan(
      [request],
      { check, add: vi.fn() },
      {
        folder: 'a',
        layout: 'flat'
      }
    );
    void plan.check();
    plan.choose({ folder: 'b' });
    await vi.advanceTimersByTimeAsync(500);
    answers[1]({ ...found, folder: 'b', free: 100 });
    answers[0](found);
    await vi.advanceTimersByTimeAsync(0);
    expect(plan.found?.folder).toBe('b');
    plan.dispose();
    vi.useRealTimers();
  });
});
