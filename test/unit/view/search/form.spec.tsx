import { nullTranslator } from '@jupyterlab/translation';
import {
  act,
  cleanup,
  fireEvent,
  render,
  screen,
  within
} from '@testing-library/react';
import * as React from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { EMPTY_FORM, type ISearchForm } from '../../../../src/protocol/form.js';
import type { IAskerAccount } from '../../../../src/view/search/asker.js';
import { type ISearchFormProps, SearchForm } from '../../../../src/view/search/form.js';

afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

function propsOf(over: Partial<ISearchFormProps> = {}): ISearchFormProps {
  return {
    trans: nullTranslator.load('obsdeck'),
    archives: [
      { value: 'sandbox', label: 'Sandbox (works offline)' },
      { value: 'rubin', label: 'Rubin DP0.2' }
    ],
    archive: 'sandbox',
    tables: [{ value: 'ivoa.ObsCore', label: 'ivoa.ObsCore' }],
    table: 'ivoa.ObsCore',
    asker: 'anyone',
    account: null,
    form: EMPTY_FORM,
    problems: [],
    isEmpty: true,
    adql: 'SELECT *\nFROM ivoa.ObsCore',
    handEdited: false,
    running: null,
    onChange: vi.fn(),
    onLeave: vi.fn(),
    onArchive: vi.fn(),
    onTable: vi.fn(),
    onAsker: vi.fn(),
    onSignIn: vi.fn(),
    onSearch: vi.fn(),
    onCancel: vi.fn(),
    onEdit: vi.fn(),
    onRevert: vi.fn(),
    ...over
  };
}

function show(over: Partial<ISearchFormProps> = {}): ISearchFormProps {
  const props = propsOf(over);
  render(<SearchForm {...props} />);
  return props;
}

const textbox = (name: string) => screen.getByRole('textbox', { name });
const button = (name: string) => screen.getByRole('button', { name });

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
    expect(names).toEqual([
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
      'Product subtype',
      'Order by',
      'Row limit'
    ]);
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
    const { onChange, onLeave } = show({
      form: { ...EMPTY_FORM, columns: { x: 'y' } }
    });
    fireEvent.change(textbox(name), { target: { value: '12' } });
    fireEvent.blur(textbox(name));
    expect(onChange).toHaveBeenCalledWith({ columns: { x: 'y', [column]: '12' } });
    expect(onLeave).toHaveBeenCalledWith(`column:${column}`);
  });

  it('tell what a position can be, and that names are not resolved yet', () => {
    show();
    expect(textbox('Target or position').title).toMatch(
      /ICRS in degrees.*Names are not resolved yet\.$/
    );
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

  it('show an order that is not among the offered ones', () => {
    show({ form: { ...EMPTY_FORM, orderBy: 'lsst_visit', descending: true } });
    const order = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Order by' });
    expect(order.selectedOptions[0].textContent).toBe('lsst_visit DESC');
  });
});

describe('SearchForm facets', () => {
  it('tick and untick, keeping the others', () => {
    const { onChange } = show({
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
    expect(vi.mocked(onChange).mock.calls.flat()).toEqual([
      { columns: { dataproduct_type: ['image', 'cube'], calib_level: [2, 3] } },
      { columns: { dataproduct_type: [], calib_level: [2, 3] } },
      { columns: { dataproduct_type: ['image'], calib_level: [3] } }
    ]);
  });

  it('say what is chosen when folded', () => {
    show({ form: { ...EMPTY_FORM, columns: { calib_level: [2, 3] } } });
    const fold = button('Calibration level');
    fireEvent.click(fold);
    expect(fold.getAttribute('aria-expanded')).toBe('false');
    expect(screen.queryByRole('checkbox', { name: '2 Calibrated' })).toBeNull();
    expect(screen.getByText('2 Calibrated, 3 Stacked')).toBeTruthy();
  });

  it('explain the calibration levels', () => {
    show();
    const level = screen.getByRole('checkbox', { name: '2 Calibrated' });
    expect(level.closest('label')?.title).toMatch(/instrument’s signature removed/);
  });
});

describe('SearchForm problems', () => {
  const problems = [
    { field: 'radius', message: 'Radius must be more than 0.' },
    { field: 'until', message: 'Until is before from.' }
  ] as const;

  it('stand at their fields', () => {
    show({ problems, adql: null });
    const radius = textbox('Radius');
    expect(radius.getAttribute('aria-invalid')).toBe('true');
    const id = radius.getAttribute('aria-describedby') ?? '';
    expect(document.getElementById(id)?.textContent).toBe(
      'Radius must be more than 0.'
    );
    expect(textbox('Observed from').getAttribute('aria-invalid')).toBeNull();
  });

  it('get the focus on Search, the first one first', () => {
    const props = propsOf();
    const { rerender } = render(<SearchForm {...props} />);
    const onSearch = () => rerender(<SearchForm {...props} problems={problems} />);
    rerender(<SearchForm {...props} onSearch={onSearch} />);
    fireEvent.click(button('Search'));
    expect(document.activeElement).toBe(textbox('Radius'));
  });

  it('open the fields they would be hidden in', () => {
    show({
      problems: [
        { field: 'column:dataproduct_subtype', message: 'This service has no dataproduct_subtype.' }
      ]
    });
    expect(textbox('Product subtype').getAttribute('aria-invalid')).toBe('true');
  });

  it('do not move a control away between press and release', () => {
    vi.useFakeTimers();
    const { onLeave } = show();
    const image = screen.getByRole('checkbox', { name: 'image' });
    fireEvent.pointerDown(image);
    fireEvent.blur(textbox('Radius'));
    expect(onLeave).not.toHaveBeenCalled();
    fireEvent.pointerUp(image);
    vi.runAllTimers();
    expect(onLeave).toHaveBeenCalledWith('radius');
  });
});

describe('SearchForm gestures', () => {
  it('search by the button and by Ctrl or Cmd Enter from any field', () => {
    const { onSearch } = show();
    fireEvent.click(button('Search'));
    const order = screen.getByRole('combobox', { name: 'Order by' });
    fireEvent.keyDown(order, { key: 'Enter', ctrlKey: true });
    fireEvent.keyDown(order, { key: 'Enter', metaKey: true });
    fireEvent.keyDown(order, { key: 'Enter' });
    expect(onSearch).toHaveBeenCalledTimes(3);
  });

  it('say what an empty form does, and only then', () => {
    const props = propsOf();
    const { rerender } = render(<SearchForm {...props} />);
    const sentence =
      'An empty form lists the first 1,000 observations. Nothing is sent before you press Search.';
    expect(screen.getByText(sentence)).toBeTruthy();
    rerender(<SearchForm {...props} isEmpty={false} />);
    expect(screen.queryByText(sentence)).toBeNull();
  });

  it('do nothing, and say why, while the server cannot be asked', () => {
    const { onSearch } = show({ blocked: 'No connection to the Jupyter server.' });
    const search = button('Search') as HTMLButtonElement;
    expect(search.disabled).toBe(true);
    expect(search.title).toBe('No connection to the Jupyter server.');
    fireEvent.keyDown(search, { key: 'Enter', ctrlKey: true });
    expect(onSearch).not.toHaveBeenCalled();
  });

  it('show the ADQL and open its editor', () => {
    const { onEdit } = show();
    const region = within(screen.getByRole('region', { name: 'ADQL' }));
    expect(region.getByText(/FROM ivoa.ObsCore/)).toBeTruthy();
    fireEvent.click(region.getByRole('link', { name: 'Edit ADQL' }));
    expect(onEdit).toHaveBeenCalledOnce();
  });

  it('go back from ADQL edited by hand', () => {
    const { onRevert } = show({ handEdited: true });
    const words = 'The ADQL was edited by hand; the form cannot show it.';
    expect(screen.getByText(words)).toBeTruthy();
    expect(screen.queryByText(/FROM ivoa.ObsCore/)).toBeNull();
    fireEvent.click(button('Go back to the form'));
    expect(onRevert).toHaveBeenCalledOnce();
  });
});

describe('SearchForm while a search runs', () => {
  const running = { rows: 3200, bytes: 2_100_000, seconds: 1.4, isWaiting: false };
  const wait = (milliseconds: number) =>
    act(() => vi.advanceTimersByTime(milliseconds));

  it('shows nothing of a short wait', () => {
    vi.useFakeTimers();
    show({ running });
    wait(299);
    expect(screen.queryByRole('progressbar')).toBeNull();
    expect(button('Search')).toBeTruthy();
  });

  it('shows how far it is and turns Search into Cancel, with the focus on it', () => {
    vi.useFakeTimers();
    const props = propsOf();
    const { rerender } = render(<SearchForm {...props} />);
    button('Search').focus();
    rerender(<SearchForm {...props} running={running} />);
    wait(300);
    const bar = screen.getByRole('progressbar', { name: 'Search' });
    expect(bar.getAttribute('aria-valuetext')).toBe('3,200 rows, 2.1 MB, 1.4 s');
    expect(document.activeElement).toBe(button('Cancel'));
    fireEvent.click(button('Cancel'), { detail: 1 });
    expect(props.onCancel).toHaveBeenCalledOnce();
    rerender(<SearchForm {...props} running={null} />);
    expect(document.activeElement).toBe(button('Search'));
  });

  it('does not take the second click of a double click for Cancel', () => {
    vi.useFakeTimers();
    const { onCancel } = show({ running });
    wait(300);
    fireEvent.click(button('Cancel'), { detail: 2 });
    expect(onCancel).not.toHaveBeenCalled();
  });

  it('blames nobody for a silence while it waits for a sign-in', () => {
    vi.useFakeTimers();
    show({ running: { ...running, isWaiting: true } });
    wait(300);
    wait(60_000);
    expect(button('Cancel')).toBeTruthy();
    expect(screen.queryByRole('progressbar')).toBeNull();
    expect(screen.queryByRole('status')).toBeNull();
  });

  it('cancels by Escape', () => {
    const { onCancel } = show({ running });
    fireEvent.keyDown(textbox('Radius'), { key: 'Escape' });
    expect(onCancel).toHaveBeenCalledOnce();
  });

  it('puts a long silence into words, until bytes come', () => {
    vi.useFakeTimers();
    const props = propsOf({
      running: { rows: 0, bytes: 0, seconds: 0, isWaiting: false }
    });
    const { rerender } = render(<SearchForm {...props} />);
    wait(300);
    wait(9000);
    expect(screen.queryByRole('status')).toBeNull();
    wait(3000);
    expect(screen.getByRole('status').textContent).toBe(
      'Sandbox (works offline) has not answered for 12 s. It may take two minutes.'
    );
    expect(screen.getByRole('progressbar').getAttribute('aria-valuetext')).toBe(
      '0 rows, 0 byte, 12.0 s'
    );
    rerender(<SearchForm {...props} running={running} />);
    expect(screen.queryByRole('status')).toBeNull();
  });
});

describe('SearchForm search as', () => {
  const ESO: IAskerAccount = {
    archive: 'ESO',
    host: 'archive.eso.org',
    isNeeded: false,
    isSignedIn: true,
    note: 'Me: also rows only you may see; slower at ESO, better as a job.',
    off: ''
  };
  const group = () => screen.getByRole('radiogroup', { name: 'Search as' });
  const radio = (name: string) =>
    within(group()).getByRole<HTMLInputElement>('radio', { name });
  const note = () => {
    const id = group().getAttribute('aria-describedby');
    return id === null ? '' : document.getElementById(id)?.textContent;
  };

  it('is left out where there can be no account', () => {
    show();
    expect(screen.queryByRole('radiogroup')).toBeNull();
  });

  it('offers anyone first and reports the choice', () => {
    const { onAsker } = show({ account: ESO });
    expect(radio('Anyone').checked).toBe(true);
    expect(note()).toBe('');
    fireEvent.click(radio('Me'));
    expect(onAsker).toHaveBeenCalledWith('me');
  });

  it('says what “Me” brings, and what is sent to whom', () => {
    show({ account: ESO, asker: 'me' });
    expect(note()).toBe(
      'Me: also rows only you may see; slower at ESO, better as a job.'
    );
    expect(screen.getByText('Sent to archive.eso.org, as you.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Sign in to ESO' })).toBeNull();
  });

  it('has words of its own for archives without any', () => {
    show({ account: { ...ESO, note: '' }, asker: 'me' });
    expect(note()).toBe('Me: also rows only you may see.');
  });

  it('offers to sign in before anything is sent', () => {
    const { onSignIn, onSearch } = show({
      account: { ...ESO, isSignedIn: false },
      asker: 'me'
    });
    expect(screen.queryByText(/Sent to/)).toBeNull();
    fireEvent.click(button('Sign in to ESO'));
    expect(onSignIn).toHaveBeenCalledOnce();
    expect(onSearch).not.toHaveBeenCalled();
  });

  it('says which archive needs an account', () => {
    const account = {
      ...ESO,
      archive: 'Rubin DP0.2',
      isNeeded: true,
      isSignedIn: false
    };
    show({ account, asker: 'me' });
    expect(note()).toBe('Rubin DP0.2 needs an account.');
    expect(button('Sign in to Rubin DP0.2')).toBeTruthy();
  });

  it('says so, too, to those who choose anyone although they are signed in', () => {
    show({ account: { ...ESO, isNeeded: true } });
    expect(note()).toBe('ESO needs an account.');
  });

  it('says why nobody can sign in', () => {
    const off = 'Sign-in is off: this server cannot tell its users apart.';
    show({ account: { ...ESO, isSignedIn: false, off } });
    expect(radio('Me').disabled).toBe(true);
    expect(note()).toBe(off);
  });

  it('comes after the row limit and before the ADQL', () => {
    show({ account: ESO });
    const limit = screen.getByRole('spinbutton', { name: 'Row limit' });
    const adql = screen.getByRole('link', { name: 'Edit ADQL' });
    const { DOCUMENT_POSITION_FOLLOWING: follows } = Node;
    expect(limit.compareDocumentPosition(group()) & follows).toBeTruthy();
    expect(group().compareDocumentPosition(adql) & follows).toBeTruthy();
  });
});
