import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import * as React from 'react';
import { afterEach, describe, expect, it } from 'vitest';

import type { IFormField } from '../../../../src/protocol/form.js';
import { EMPTY_FORM } from '../../../../src/protocol/form.js';
import { SearchForm } from '../../../../src/view/search/form.js';
import { button, facetsOf, OBSCORE, propsOf, show, textbox } from './support.js';

afterEach(cleanup);

const open = () => fireEvent.click(button('More fields'));

/** A column that only this service has. */
const TRACT: IFormField = {
  column: 'lsst_tract',
  label: 'Tract (lsst_tract)',
  control: 'range',
  values: 'number',
  unit: null,
  description: 'Sky tract.'
};

const withFields = (...fields: IFormField[]) => ({
  ...OBSCORE,
  profile: { ...OBSCORE.profile, fields: [...OBSCORE.profile.fields, ...fields] }
});

describe('More fields', () => {
  it('say what is in them while they are folded, the filled ones first', () => {
    show({ form: { ...EMPTY_FORM, columns: { proposal_id: '' } } });
    expect(screen.getByText(/^product subtype, facility, exposure time/)).toBeTruthy();
  });

  it('are open where one of them is filled', () => {
    show({ form: { ...EMPTY_FORM, columns: { proposal_id: '60.A-9100' } } });
    expect(textbox('Proposal').value).toBe('60.A-9100');
  });

  it('open once one of them gets filled, as by an outline pasted elsewhere', () => {
    const { rerender } = render(<SearchForm {...propsOf()} />);
    expect(screen.queryByRole('textbox', { name: 'Polygon' })).toBeNull();
    const form = { ...EMPTY_FORM, polygon: '10 20, 11 20, 11 21' };
    rerender(<SearchForm {...propsOf({ form })} />);
    expect(textbox('Polygon').value).toBe(form.polygon);
    fireEvent.click(button('More fields'));
    expect(screen.queryByRole('textbox', { name: 'Polygon' })).toBeNull();
  });

  it('take limits with the unit of the column', () => {
    const { onCriterion } = show();
    open();
    const from = textbox('Exposure time from');
    fireEvent.change(from, { target: { value: '30' } });
    expect(onCriterion).toHaveBeenCalledWith('t_exptime', { min: '30', max: '' });
    expect(from.parentElement?.textContent).toBe('s');
  });

  it('name what this service has not', () => {
    show({ offer: { ...OBSCORE, columns: [], absent: ['t_exptime'] } });
    open();
    expect(screen.getByText('This service has no t_exptime.')).toBeTruthy();
  });

  it('have what only this service has', () => {
    show({ offer: withFields({ ...TRACT, more: true }) });
    open();
    expect(textbox('Tract (lsst_tract) from').title).toBe('Sky tract.');
  });

  it('count by any column, and no more when asked', () => {
    const choices = [{ value: 4431 }];
    const offer = withFields({ ...TRACT, control: 'choice', choices, facet: true });
    const facets = { ...facetsOf(EMPTY_FORM, {}, offer), added: ['lsst_tract'] };
    const { onLoadFields, onAddFacet, onRemoveFacet } = show({ facets, offer });
    fireEvent.click(button('Do not count by Tract (lsst_tract)'));
    expect(onRemoveFacet).toHaveBeenCalledWith('lsst_tract');
    open();
    fireEvent.change(screen.getByRole('combobox', { name: 'Count by …' }), {
      target: { value: 'target_name' }
    });
    expect(onAddFacet).toHaveBeenCalledWith('target_name');
    expect(onLoadFields).not.toHaveBeenCalled();
  });

  it('load the service’s own fields only when asked', () => {
    const { onLoadFields } = show({
      ownFields: { canBeLoaded: true, isLoading: false, error: '' }
    });
    open();
    expect(onLoadFields).not.toHaveBeenCalled();
    fireEvent.click(button('Load the service’s own fields'));
    expect(onLoadFields).toHaveBeenCalledOnce();
  });

  it('say why they could not be loaded', () => {
    const error = 'ESO: The service does not answer.';
    show({ ownFields: { canBeLoaded: true, isLoading: false, error } });
    open();
    expect(screen.getByRole('alert').textContent).toBe(error);
  });

  it('lead to a list of targets, where the table has positions', () => {
    const { onTargets } = show();
    open();
    fireEvent.click(button('Use a list of targets …'));
    expect(onTargets).toHaveBeenCalledOnce();
    cleanup();
    show({ offer: { ...OBSCORE, profile: { ...OBSCORE.profile, position: null } } });
    open();
    expect(
      screen.queryByRole('button', { name: 'Use a list of targets …' })
    ).toBeNull();
    expect(screen.queryByRole('textbox', { name: 'Target or position' })).toBeNull();
  });
});

describe('Thousands of more fields', () => {
  const many = Array.from({ length: 2000 }, (_, index) => ({
    ...TRACT,
    column: `c_${index}`,
    label: `c_${index}`,
    description: index === 1500 ? 'Seeing of the night.' : null,
    more: true
  }));
  const shown = () => screen.queryAllByRole('group', { name: /^c_/ }).length;
  const filter = (value: string) => {
    const box = screen.getByRole('searchbox', { name: 'Filter fields' });
    fireEvent.change(box, { target: { value } });
    return box;
  };

  it('are not all drawn, and are found by name or description', () => {
    show({ offer: withFields(...many) });
    open();
    expect(shown()).toBeLessThanOrEqual(40);
    expect(screen.getByText(/^1,9\d\d more\./)).toBeTruthy();
    // Enter in a field of a form would search.
    expect(fireEvent.keyDown(filter('seeing'), { key: 'Enter' })).toBe(false);
    expect(shown()).toBe(1);
    expect(textbox('c_1500 from')).toBeTruthy();
    expect(screen.getByText('1 field')).toBeTruthy();
  });

  it('stay in sight where they ask for something', () => {
    const columns = { c_1999: { min: '3', max: '' } };
    show({ offer: withFields(...many), form: { ...EMPTY_FORM, columns } });
    expect(textbox('c_1999 from').value).toBe('3');
    filter('seeing');
    expect(shown()).toBe(2);
  });

  it('have no filter where there are few', () => {
    show();
    open();
    expect(screen.queryByRole('searchbox', { name: 'Filter fields' })).toBeNull();
  });
});
