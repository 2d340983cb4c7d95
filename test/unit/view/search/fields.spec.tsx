import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { EMPTY_FORM, type ISearchForm } from '../../../../src/protocol/form.js';
import { button, show, textbox } from './support.js';

afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

describe('SearchForm fields', () => {
  it('have the roles, names and tab order of the specification', () => {
    show({
      tables: [
        { value: 'ivoa.ObsCore', label: 'ivoa.ObsCore' },
        { value: 'dbo.raw', label: 'Raw frames' }
      ]
    });
    fireEvent.click(button('More fields'));
    const form = screen.getByRole('form', { name: 'Search' });
    const controls = form.querySelectorAll<HTMLInputElement>(
      'select, input:not([type="checkbox"])'
    );
    const names = Array.from(controls, ({ ariaLabel, labels }) => {
      return ariaLabel ?? labels?.[0].textContent;
    });
    const specified = [
      'Archive',
      'Table',
      'Target or position',
      'Radius',
      'Radius unit',
      'Observed from',
      'Observed until',
      'Wavelength from',
      'Wavelength to',
      'Spectral unit',
      'Collection',
      'Instrument',
      'Polygon',
      'Product subtype',
      'Exposure time from',
      'Exposure time to',
      'Identifier',
      'Order by',
      'Row limit'
    ];
    expect(names.filter(name => specified.includes(name ?? ''))).toEqual(specified);
  });

  it('leave out the choice of a table where there is but one', () => {
    show();
    expect(screen.queryByRole('combobox', { name: 'Table' })).toBeNull();
  });

  it.each<[string, keyof ISearchForm]>([
    ['Target or position', 'position'],
    ['Radius', 'radius'],
    ['Observed from', 'from'],
    ['Observed until', 'until'],
    ['Wavelength from', 'wavelengthFrom'],
    ['Wavelength to', 'wavelengthTo']
  ])('report what is typed into “%s”', (name, field) => {
    const { onChange, onLeave } = show();
    fireEvent.change(textbox(name), { target: { value: '12' } });
    fireEvent.blur(textbox(name));
    expect(onChange).toHaveBeenCalledWith({ [field]: '12' });
    expect(onLeave).toHaveBeenCalledWith(field);
  });

  it.each([
    ['Collection', 'obs_collection'],
    ['Instrument', 'instrument_name']
  ] as const)('report what is typed into “%s”, by column', (name, column) => {
    const { onCriterion, onLeave } = show();
    fireEvent.change(textbox(name), { target: { value: '12' } });
    fireEvent.blur(textbox(name));
    expect(onCriterion).toHaveBeenCalledWith(column, '12');
    expect(onLeave).toHaveBeenCalledWith(`column:${column}`);
  });

  it.each([
    [true, /^A name, or a position: ICRS in degrees/],
    [false, /^ICRS in degrees.*Names cannot be looked up here\.$/]
  ])('tell what can be typed as a target (resolver: %s)', (hasResolver, caption) => {
    show({ hasResolver });
    expect(textbox('Target or position').title).toMatch(caption);
  });

  it('report archive, units, order and row limit', () => {
    const { onArchive, onChange } = show();
    const choose = (name: string, value: string) =>
      fireEvent.change(screen.getByRole('combobox', { name }), { target: { value } });
    choose('Archive', 'rubin');
    choose('Radius unit', 'arcmin');
    choose('Spectral unit', 'GHz');
    choose('Order by', 't_min DESC');
    fireEvent.change(screen.getByRole('spinbutton', { name: 'Row limit' }), {
      target: { value: '50' }
    });
    expect(onArchive).toHaveBeenCalledWith('rubin');
    expect(vi.mocked(onChange).mock.calls.flat()).toEqual([
      { radiusUnit: 'arcmin' },
      { spectralUnit: 'GHz' },
      { orderBy: 't_min', descending: true },
      { rowLimit: '50' }
    ]);
  });

  it('offer each column of the table as an order, the usual ones in words', () => {
    show();
    const order = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Order by' });
    expect(Array.from(order.options, option => option.text)).toEqual([
      'the service’s own order',
      't_min, newest first',
      't_min, oldest first',
      't_exptime, longest first',
      'calib_level, highest first',
      'obs_id, ascending',
      'obs_id, descending'
    ]);
  });

  it('show an order that is not among the offered ones', () => {
    show({ form: { ...EMPTY_FORM, orderBy: 'lsst_visit', descending: true } });
    const order = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Order by' });
    expect(order.selectedOptions[0].textContent).toBe('lsst_visit DESC');
  });
});
