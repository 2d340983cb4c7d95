import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { IFacet, IFacetItem } from '../../../../src/model/facetvalues.js';
import { ProtocolError } from '../../../../src/protocol/errors.js';
import { EMPTY_FORM, type ISearchForm } from '../../../../src/protocol/form.js';
import { button, facetsOf, show, textbox } from './support.js';

afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

describe('SearchForm facets', () => {
  it('tick and untick, keeping the others', () => {
    const { onCriterion } = show({
      form: {
        ...EMPTY_FORM,
        columns: { dataproduct_type: ['image'], calib_level: [2, 3] }
      }
    });
    const types = within(screen.getByRole('group', { name: 'Product type' }));
    fireEvent.click(types.getByRole('checkbox', { name: 'cube' }));
    fireEvent.click(types.getByRole('checkbox', { name: 'image' }));
    const levels = within(screen.getByRole('group', { name: 'Calibration level' }));
    fireEvent.click(levels.getByRole('checkbox', { name: '2 Calibrated' }));
    expect(vi.mocked(onCriterion).mock.calls).toEqual([
      ['dataproduct_type', ['image', 'cube']],
      ['dataproduct_type', []],
      ['calib_level', [3]]
    ]);
  });

  it('say what is chosen when folded', () => {
    const form = { ...EMPTY_FORM, columns: { calib_level: [2, 3] } };
    const facets = { ...facetsOf(form), folded: ['calib_level'] };
    const { onFold } = show({ form, facets });
    const fold = button('Calibration level');
    expect(fold.getAttribute('aria-expanded')).toBe('false');
    expect(screen.queryByRole('checkbox', { name: '2 Calibrated' })).toBeNull();
    expect(screen.getByText('2 Calibrated, 3 Stacked')).toBeTruthy();
    fireEvent.click(fold);
    expect(onFold).toHaveBeenCalledWith('calib_level', false);
  });

  it('explain the calibration levels', () => {
    show();
    const level = screen.getByRole('checkbox', { name: '2 Calibrated' });
    expect(level.closest('label')?.title).toMatch(/instrument’s signature removed/);
  });
});

/** A form whose instruments were counted, or not. */
function instruments(
  over: Partial<IFacet>,
  form: ISearchForm = EMPTY_FORM
): ReturnType<typeof show> {
  const facet: IFacet = {
    state: 'counted',
    items: [],
    isCut: false,
    error: null,
    ...over
  };
  return show({ form, facets: facetsOf(form, { instrument_name: facet }) });
}

const item = (value: string, rows: number | null): IFacetItem => ({
  value,
  label: value,
  description: null,
  rows
});

const group = () => within(screen.getByRole('group', { name: 'Instrument' }));

describe('SearchForm facets with counts', () => {
  it('are called by value and rows', () => {
    const { onCriterion } = instruments({
      items: [item('MUSE', 48211), item('XSHOOTER', 1)]
    });
    expect(group().getByRole('checkbox', { name: 'XSHOOTER, 1 row' })).toBeTruthy();
    fireEvent.click(group().getByRole('checkbox', { name: 'MUSE, 48,211 rows' }));
    expect(onCriterion).toHaveBeenCalledWith('instrument_name', ['MUSE']);
  });

  it('show dots instead of counts of an earlier form', () => {
    instruments({ state: 'counting', items: [item('MUSE', 48211)] });
    expect(group().getByRole('checkbox', { name: 'MUSE' })).toBeTruthy();
    expect(group().queryByText('48,211')).toBeNull();
    expect(group().getAllByText('…').length).toBeGreaterThan(0);
  });

  it('say why they were not counted, and leave what can be ticked', () => {
    const error = new ProtocolError('timeout', 'No answer within 20 s.');
    instruments({ state: 'failed', error, items: [item('MUSE', null)] });
    expect(group().getByText('not counted: No answer within 20 s.')).toBeTruthy();
    expect(group().getByRole('checkbox', { name: 'MUSE' })).toBeTruthy();
  });

  it('show twelve of many, the ticked ones, and all when asked, with a filter', () => {
    const items = Array.from({ length: 40 }, (_, index) => item(`I${index}`, 500));
    const form = { ...EMPTY_FORM, columns: { instrument_name: ['I20'] } };
    instruments({ items }, form);
    const boxes = () =>
      screen.getByRole('group', { name: 'Instrument' }).querySelectorAll('label')
        .length;
    expect(boxes()).toBe(13);
    fireEvent.click(button('Show all 40'));
    expect(boxes()).toBe(40);
    fireEvent.change(screen.getByRole('searchbox', { name: 'Filter Instrument' }), {
      target: { value: 'i3' }
    });
    // I3, I30 … I39, and the ticked one.
    expect(boxes()).toBe(12);
    fireEvent.click(button('Show fewer'));
    expect(boxes()).toBe(13);
  });

  it('say that there are more values than the service was asked for', () => {
    instruments({ items: [item('MUSE', 3)], isCut: true });
    expect(group().getByText('There are more values.')).toBeTruthy();
  });

  it('keep a typed text beside the values until one is ticked', () => {
    const form = { ...EMPTY_FORM, columns: { instrument_name: 'MU%' } };
    const { onCriterion } = instruments({ items: [item('MUSE', 3)] }, form);
    expect(textbox('Instrument').value).toBe('MU%');
    fireEvent.click(group().getByRole('checkbox', { name: 'MUSE, 3 rows' }));
    expect(onCriterion).toHaveBeenCalledWith('instrument_name', ['MUSE']);
  });

  it('can be typed where no value is known', () => {
    instruments({ state: 'known' });
    expect(group().getByRole('textbox', { name: 'Instrument' })).toBeTruthy();
    expect(group().queryByRole('checkbox')).toBeNull();
  });
});
