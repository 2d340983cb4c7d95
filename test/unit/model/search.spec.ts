import { describe, expect, it } from 'vitest';

import type { IArchive } from '../../../src/archives/archive.js';
import { SearchModel } from '../../../src/model/search.js';
import type { ISearchForm } from '../../../src/protocol/form.js';
import { queriesOf } from '../../support/forms.js';
import { archiveOf } from './rows.js';

interface IArchiveOptions {
  rank: number;
  tables?: readonly string[];
  defaultRowLimit?: number;
  columns?: readonly string[];
}

/** An archive that is never asked, with real form to query translation. */
function archive(id: string, options: IArchiveOptions): IArchive {
  const { rank, tables = ['ivoa.ObsCore'], defaultRowLimit = 1000, columns } = options;
  const base = archiveOf(() => {
    throw new Error('The search form asked an archive.');
  });
  return {
    definition: { ...base.definition, id, name: id.toUpperCase(), rank },
    discover: {
      ...base.discover!,
      defaultRowLimit,
      tables: tables.map(name => ({ name, title: name, service: 'http://x/tap' })),
      form: {
        ...queriesOf(),
        search: (table, form, context) =>
          queriesOf().search(table, form, { ...context, columns })
      }
    }
  };
}

const SANDBOX = archive('sandbox', { rank: 0 });
const ESO = archive('eso', {
  rank: 10,
  tables: ['ivoa.ObsCore', 'dbo.raw'],
  defaultRowLimit: 20000
});

/** A criterion. */
const INSTRUMENT: ISearchForm['columns'] = { instrument_name: 'MUSE' };

function modelOf(...archives: IArchive[]): SearchModel {
  const model = new SearchModel();
  model.setArchives(archives);
  return model;
}

describe('SearchModel row limit', () => {
  it('follows the setting where none was typed, and the archive without a setting', () => {
    const model = modelOf(SANDBOX, ESO);
    expect(model.form.rowLimit).toBe(1000);
    model.usualLimit = 250;
    expect(model.form.rowLimit).toBe(250);
    model.setArchive('eso');
    expect(model.form.rowLimit).toBe(250);
    model.usualLimit = 0;
    expect(model.form.rowLimit).toBe(20000);
  });

  it('leaves a limit alone that was typed', () => {
    const model = modelOf(SANDBOX);
    model.update({ rowLimit: 7 });
    model.usualLimit = 250;
    expect(model.form.rowLimit).toBe(7);
  });
});

describe('SearchModel archives', () => {
  it('offers those that can be searched, by rank, and chooses the first', () => {
    const { definition } = archive('publisher', { rank: -1 });
    const model = modelOf(ESO, { definition }, SANDBOX);
    expect(model.archives.map(item => item.definition.id)).toEqual(['sandbox', 'eso']);
    expect(model.archive).toBe(SANDBOX);
    expect(model.table?.name).toBe('ivoa.ObsCore');
  });

  it('keeps the chosen one when others come', () => {
    const model = modelOf(ESO);
    model.setArchives([SANDBOX, ESO]);
    expect(model.archive).toBe(ESO);
  });

  it('falls back to the first when the chosen one went away', () => {
    const model = modelOf(SANDBOX, ESO);
    model.setArchive('eso');
    model.setArchives([SANDBOX]);
    expect(model.archive).toBe(SANDBOX);
  });

  it('tells “not known yet” from “none can be searched”', () => {
    const model = new SearchModel();
    expect(model.isReady).toBe(false);
    model.setArchives([]);
    expect(model.isReady).toBe(true);
    expect(model.archive).toBeNull();
    expect(model.submit()).toBeNull();
  });

  it('ignores archives and tables that are not there', () => {
    const model = modelOf(SANDBOX);
    model.setArchive('nobody');
    model.setTable('no.table');
    expect(model.archive).toBe(SANDBOX);
    expect(model.table?.name).toBe('ivoa.ObsCore');
  });

  it('takes the row limit of the archive until the user types one', () => {
    const model = modelOf(SANDBOX, ESO);
    model.setArchive('eso');
    expect(model.form.rowLimit).toBe(20000);
    model.update({ rowLimit: '7' });
    model.setArchive('sandbox');
    expect(model.form.rowLimit).toBe('7');
  });
});

describe('SearchModel query', () => {
  it('follows the form', () => {
    const model = modelOf(ESO);
    model.setTable('dbo.raw');
    model.update({ position: '55.75 -32.29', radius: '0.3', rowLimit: '50' });
    expect(model.request?.query.adql).toContain('FROM dbo.raw');
    expect(model.request?.query.adql).toContain("CIRCLE('ICRS', 55.75, -32.29, 0.3)");
    expect(model.request?.query.maxrec).toBe(50);
  });

  it('is about the target, or else about the table', () => {
    const model = modelOf(SANDBOX);
    expect(model.submit()?.subject).toBe('ivoa.ObsCore');
    model.update({ position: ' 55.75 -32.29 ' });
    expect(model.submit()?.subject).toBe('55.75 -32.29');
  });

  it('says whether anything leaves rows out', () => {
    const model = modelOf(SANDBOX);
    model.update({ radius: '3', orderBy: 't_min', rowLimit: '5' });
    expect(model.isEmpty).toBe(true);
    model.update({ columns: { calib_level: [0] } });
    expect(model.isEmpty).toBe(false);
  });

  it('tells listeners of each change once', () => {
    const model = modelOf(SANDBOX);
    let count = 0;
    model.changed.connect(() => (count += 1));
    model.update({ position: '1 2' });
    model.handEdited = true;
    model.handEdited = true;
    expect(count).toBe(2);
  });
});

describe('SearchModel searches as', () => {
  const { definition, discover } = ESO;
  const RUBIN: IArchive = {
    definition: {
      ...definition,
      id: 'rubin',
      signIn: { kind: 'bearer', required: true }
    },
    discover
  };

  it('ESO-10: anyone until the user asks otherwise, for each archive anew', () => {
    const model = modelOf(SANDBOX, ESO);
    expect(model.request?.as).toBe('anyone');
    model.setArchive('eso');
    model.setAs('me');
    expect(model.request?.as).toBe('me');
    model.setArchive('sandbox');
    model.setArchive('eso');
    expect(model.request?.as).toBe('anyone');
  });

  it('me where nothing is answered without an account', () => {
    const model = modelOf(SANDBOX, RUBIN);
    model.setArchive('rubin');
    expect(model.as).toBe('me');
  });

  it('anyone after a reload, whatever was chosen before', () => {
    const before = modelOf(ESO);
    before.setAs('me');
    const kept = JSON.stringify(before);
    expect(kept).not.toContain('"me"');
    const after = modelOf(ESO);
    after.restore(JSON.parse(kept));
    expect(after.as).toBe('anyone');
  });

  it('the same as before while the list of archives is read again', () => {
    const model = modelOf(ESO);
    model.setAs('me');
    model.setArchives([{ ...ESO }]);
    expect(model.as).toBe('me');
  });

  it('whom the query that found nothing was asked as, when a constraint is dropped', () => {
    const model = modelOf(ESO);
    model.update({ columns: INSTRUMENT });
    model.setAs('me');
    const request = model.request!;
    model.setAs('anyone');
    expect(model.drop('column:instrument_name', request)?.as).toBe('me');
  });
});

describe('SearchModel problems', () => {
  it('are kept back while a field is typed in, and shown once it is left', () => {
    const model = modelOf(SANDBOX);
    model.update({ position: '1 2', radius: '-1' });
    expect(model.request).toBeNull();
    expect(model.problems).toEqual([]);
    model.leave('radius');
    expect(model.problems).toEqual([
      { field: 'radius', message: 'Radius must be more than 0.' }
    ]);
    model.update({ radius: '1' });
    expect(model.problems).toEqual([]);
  });

  it('are all shown after submitting, which then gives no query', () => {
    const model = modelOf(SANDBOX);
    model.update({ position: 'x', from: '2020-02-02', until: '2020-01-01' });
    expect(model.submit()).toBeNull();
    expect(model.problems.map(problem => problem.field)).toEqual(['position', 'until']);
  });

  it('include what only the archive knows, such as a missing column', () => {
    const model = modelOf(archive('bare', { rank: 1, columns: ['s_ra', 's_dec'] }));
    model.update({ columns: { instrument_name: 'OmegaCAM' } });
    expect(model.submit()).toBeNull();
    expect(model.problems).toEqual([
      {
        field: 'column:instrument_name',
        message: 'This service has no instrument_name.'
      }
    ]);
  });
});

describe('SearchModel kept over a reload', () => {
  it('brings back archive, table and fields', () => {
    const before = modelOf(SANDBOX, ESO);
    before.setArchive('eso');
    before.setTable('dbo.raw');
    before.update({
      position: '1 2',
      columns: { dataproduct_type: ['image'] },
      rowLimit: '5'
    });
    const json: unknown = JSON.parse(JSON.stringify(before));
    const after = modelOf(SANDBOX, ESO);
    after.restore(json);
    expect(after.archive).toBe(ESO);
    expect(after.table?.name).toBe('dbo.raw');
    expect(after.form).toEqual(before.form);
  });

  it('waits for an archive that is not there yet', () => {
    const model = new SearchModel();
    model.restore({ archive: 'eso', table: 'dbo.raw', form: { position: '1 2' } });
    model.setArchives([SANDBOX, ESO]);
    expect(model.archive).toBe(ESO);
    expect(model.table?.name).toBe('dbo.raw');
    expect(model.form).toMatchObject({ position: '1 2', rowLimit: 20000 });
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'SELECT 1'],
    ['a list', [1, 2]],
    ['a form of other types', { form: { position: 3, columns: ['image'] } }],
    [
      'items of other types',
      { form: { columns: { dataproduct_type: [{}] }, targets: [{ name: 'M 1' }] } }
    ],
    ['units that do not exist', { form: { radiusUnit: 'mile', spectralUnit: 'm/s' } }],
    ['names of a prototype', { form: { toString: 'x', constructor: 'y' } }],
    ['ids of other types', { archive: 7, table: {} }]
  ])('leaves out what is not of its shape: %s', (_, json) => {
    const model = modelOf(SANDBOX);
    const before = model.form;
    model.restore(json);
    expect(model.archive).toBe(SANDBOX);
    expect(model.form).toEqual(before);
  });
});

describe('SearchModel constraints', () => {
  it('are part of the request, the likeliest to be too narrow first', () => {
    const model = modelOf(SANDBOX);
    expect(model.request?.constraints).toEqual([]);
    model.update({
      columns: { calib_level: [2] },
      until: '2016-01-01',
      position: '10 20'
    });
    expect(model.request?.constraints).toEqual([
      { key: 'position', label: '' },
      { key: 'time', label: '' },
      { key: 'column:calib_level', label: 'Calibration level' }
    ]);
  });

  it('are dropped with all their fields, for the archive that was asked', () => {
    const model = modelOf(SANDBOX, ESO);
    model.setArchive('eso');
    model.setTable('dbo.raw');
    model.update({ from: '2015-01-01', until: '2016-01-01', columns: INSTRUMENT });
    const { request } = model;
    model.setArchive('sandbox');
    const wider = model.drop('time', request!);
    expect(wider?.constraints?.map(({ label }) => label)).toEqual(['Instrument']);
    expect([wider?.archive, wider?.table.name]).toEqual([ESO, 'dbo.raw']);
    expect(wider?.query.adql).not.toContain('t_m');
    expect(model.form).toMatchObject({ from: '', until: '', columns: INSTRUMENT });
  });

  it('are not searched without while another field is wrong, which is then shown', () => {
    const model = modelOf(SANDBOX);
    model.update({ from: '2015-01-01' });
    const { request } = model;
    model.update({ radius: 'wide', position: '10 20' });
    expect(model.drop('time', request!)).toBeNull();
    expect(model.problems.map(problem => problem.field)).toEqual(['radius']);
  });
});
