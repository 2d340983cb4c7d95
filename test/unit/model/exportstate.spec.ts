import { describe, expect, it, vi } from 'vitest';

import { ExportState } from '../../../src/model/export/state.js';
import type { IExportSource, TableSaver } from '../../../src/model/export/types.js';
import { ProtocolError } from '../../../src/protocol/errors.js';

const source: IExportSource = {
  name: 'ESO M 83',
  rows: { all: 10, shown: null, selected: 2 },
  columns: { all: 5, shown: 3 },
  pack: async (_rows, _columns, tell) => {
    tell(10);
    return new Blob(['rows']);
  }
};

const start = { folder: 'night', format: 'votable' as const };

function saved(path: string) {
  return { path, rows: 10, bytes: 4, notes: [] };
}

describe('ExportState', () => {
  it('saves what was chosen below the folder, with the ending of the format', async () => {
    const save = vi.fn<TableSaver>(async ({ path }) => saved(path));
    const state = new ExportState(source, save, start);
    expect(state.path).toBe('night/ESO M 83.vot');
    expect(state.choice).toMatchObject({ rows: 'all', columns: 'shown' });
    state.choose({ format: 'fits', name: ' m83.FITS ', folder: '/a//b/' });
    expect(await state.run()).toBe(true);
    expect(save.mock.calls[0][0]).toMatchObject({
      path: 'a/b/m83.FITS',
      format: 'fits',
      overwrite: false
    });
    expect(state.exported?.path).toBe('a/b/m83.FITS');
    expect(state.progress).toBeNull();
  });

  it('replaces a file only after it said that it is there', async () => {
    const overwrites: boolean[] = [];
    const state = new ExportState(
      source,
      async ({ path, overwrite }) => {
        overwrites.push(overwrite);
        if (!overwrite) {
          const details = { status: 409, archive: '', hint: 'Replace it.' };
          throw new ProtocolError('rejected', 'It exists already.', details);
        }
        return saved(path);
      },
      start
    );
    expect(await state.run()).toBe(false);
    expect(state.isThere).toBe(true);
    expect(state.problem).toBe('It exists already. Replace it.');
    state.choose({ name: 'another' });
    expect(state.isThere).toBe(false);
    expect(await state.run()).toBe(false);
    expect(await state.run()).toBe(true);
    expect(overwrites).toEqual([false, false, true]);
  });

  it('keeps what was typed when there is no room', async () => {
    const message = 'The disk has 1 MB left.';
    const full = new ProtocolError('rejected', message, { status: 507, archive: '' });
    const state = new ExportState(source, () => Promise.reject(full), start);
    state.choose({ name: 'big' });
    expect(await state.run()).toBe(false);
    expect(state.problem).toBe(message);
    expect(state.isThere).toBe(false);
    expect(state.choice.name).toBe('big');
    expect(state.exported).toBeNull();
  });

  it('asks for a name before anything is packed', async () => {
    const pack = vi.fn(source.pack);
    const state = new ExportState({ ...source, pack }, async t => saved(t.path), start);
    state.choose({ name: ' ' });
    expect(await state.run()).toBe(false);
    expect(state.problem).toBe('The file needs a name.');
    expect(pack).not.toHaveBeenCalled();
  });

  it('stops when it is cancelled, without calling that a problem', async () => {
    const state = new ExportState(
      source,
      (_table, signal) =>
        new Promise((_, reject) =>
          signal.addEventListener('abort', () =>
            reject(new ProtocolError('cancelled', 'Cancelled.'))
          )
        ),
      start
    );
    const steps: unknown[] = [];
    state.changed.connect(() => steps.push(state.progress));
    const running = state.run();
    await vi.waitFor(() => expect(state.progress).toEqual({ rows: null }));
    state.cancel();
    expect(await running).toBe(false);
    expect(state.problem).toBeNull();
    expect(steps).toEqual([{ rows: 0 }, { rows: 10 }, { rows: null }, null]);
  });
});
