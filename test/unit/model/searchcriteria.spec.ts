import { describe, expect, it } from 'vitest';

import type { IArchive } from '../../../src/archives/archive.js';
import { SearchModel } from '../../../src/model/search.js';
import {
  fieldOf,
  type IFormProfile,
  PLAIN_PROFILE
} from '../../../src/protocol/form.js';
import { OBSCORE_PROFILE } from '../../../src/protocol/obscore.js';
import { queriesOf } from '../../support/forms.js';
import { archiveOf, TABLE } from './rows.js';

/** ObsCore at an archive that is never asked. */
function plain(): IArchive {
  const base = archiveOf(() => {
    throw new Error('The search form asked an archive.');
  });
  return { ...base, discover: { ...base.discover!, form: queriesOf() } };
}

function modelOf(archive: IArchive): SearchModel {
  const model = new SearchModel();
  model.setArchives([archive]);
  return model;
}

describe('Criteria of columns', () => {
  const OWN = fieldOf(OBSCORE_PROFILE, 'instrument_name')!;
  /** A table with a column of its own beside the instrument. */
  const withTables = (): IArchive => {
    const base = plain();
    const raw: IFormProfile = {
      ...PLAIN_PROFILE,
      fields: [OWN, { ...OWN, column: 'dp_cat', label: 'Category' }]
    };
    return {
      ...base,
      discover: {
        ...base.discover!,
        tables: ['ivoa.ObsCore', 'dbo.raw'].map(name => ({ ...TABLE, name })),
        profile: table => (table.name === 'dbo.raw' ? raw : OBSCORE_PROFILE)
      }
    };
  };

  it('go with the tables that have them, and come back', () => {
    const model = modelOf(withTables());
    model.update({ columns: { instrument_name: 'MUSE', calib_level: [2] } });
    model.setTable('dbo.raw');
    expect(model.form.columns).toEqual({ instrument_name: 'MUSE' });
    model.update({ columns: { dp_cat: ['SCIENCE'] } });
    model.setTable('ivoa.ObsCore');
    // The instrument was emptied at the other table, which has it, too.
    expect(model.form.columns).toEqual({ calib_level: [2] });
    model.setTable('dbo.raw');
    expect(model.form.columns).toEqual({ dp_cat: ['SCIENCE'] });
  });

  it('forget an order that the other table cannot have', () => {
    const model = modelOf(withTables());
    model.update({ orderBy: 't_min', descending: true });
    model.setTable('dbo.raw');
    expect([model.form.orderBy, model.form.descending]).toEqual(['', false]);
  });

  it('stay in sight after a reload though nobody described their column yet', () => {
    const model = modelOf(plain());
    model.update({
      columns: { lsst_band: ['r', 'i'], lsst_tract: { min: '1', max: '' } }
    });
    const kept: unknown = JSON.parse(JSON.stringify(model));
    const restored = modelOf(plain());
    restored.restore(kept);
    const fields = restored.offer!.profile.fields;
    expect(fieldOf(restored.offer!.profile, 'lsst_band')?.control).toBe('choice');
    expect(fieldOf(restored.offer!.profile, 'lsst_tract')?.control).toBe('range');
    expect(fields).toHaveLength(OBSCORE_PROFILE.fields.length + 2);
    expect(restored.request).not.toBeNull();
  });

  it('keep how values are arranged over a reload', () => {
    const model = modelOf(plain());
    model.facets.fold('calib_level', true);
    model.facets.add('target_name');
    const restored = modelOf(plain());
    restored.restore(JSON.parse(JSON.stringify(model)));
    expect(restored.facets.isFolded('calib_level')).toBe(true);
    expect(restored.facets.added).toEqual(['target_name']);
    expect(fieldOf(restored.offer!.profile, 'target_name')?.control).toBe('choice');
    restored.restore({ facets: { folded: 'x', added: [1, null, 'obs_id'] } });
    expect(restored.facets.added).toEqual(['obs_id']);
  });
});

describe('An outline that is pasted', () => {
  const CIRCLE = 'Circle ICRS 55.75 -32.29 0.25';

  it('is searched at once, and in its fields once the field is left', () => {
    const model = modelOf(plain());
    model.update({ position: CIRCLE });
    const { adql } = model.request!.query;
    expect(adql).toContain("CIRCLE('ICRS', 55.75, -32.29, 0.25)");
    expect(model.form.position).toBe(CIRCLE);
    model.leave('position');
    expect(model.form).toMatchObject({ position: '55.75 -32.29', radius: '0.25' });
    expect(model.request!.query.adql).toBe(adql);
    expect(model.problems).toEqual([]);
  });

  it('is in its fields when a search is made', () => {
    const model = modelOf(plain());
    model.update({ polygon: CIRCLE });
    expect(model.submit()?.subject).toBe('55.75 -32.29');
    expect(model.form.polygon).toBe('');
  });

  it('stays where no field can hold it, with the reason', () => {
    const model = modelOf(plain());
    model.update({ polygon: 'Box ICRS 1 2 3 4' });
    expect(model.submit()).toBeNull();
    expect(model.form.polygon).toBe('Box ICRS 1 2 3 4');
    expect(model.problems.map(({ field }) => field)).toEqual(['polygon']);
  });
});

describe('A list of targets', () => {
  const targets = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      name: `T${index}`,
      ra: index / 1e3,
      dec: 0
    }));

  it('is what the search is about', () => {
    const model = modelOf(plain());
    model.update({ targets: targets(2) });
    expect(model.request?.subject).toBe('2 targets');
    model.update({ targets: targets(1) });
    expect(model.request?.subject).toBe('T0');
  });

  it('is kept over a reload unless it is very long', () => {
    const model = modelOf(plain());
    model.update({ targets: targets(1000) });
    expect(model.toJSON().form.targets).toHaveLength(1000);
    model.update({ targets: targets(5001) });
    expect(model.toJSON().form.targets).toEqual([]);
  });
});
