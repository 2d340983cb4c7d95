import { nullTranslator } from '@jupyterlab/translation';
import { render, screen } from '@testing-library/react';
import * as React from 'react';
import { vi } from 'vitest';

import { facetOf, type IFacet, tickedOf } from '../../../../src/model/facetvalues.js';
import type { IOffer } from '../../../../src/model/offer.js';
import {
  columnKey,
  EMPTY_FORM,
  type ISearchForm
} from '../../../../src/protocol/form.js';
import { OBSCORE_PROFILE } from '../../../../src/protocol/obscore.js';
import type { IFacets } from '../../../../src/view/search/columnfield.js';
import { SearchForm } from '../../../../src/view/search/form.js';
import type { ISearchFormProps } from '../../../../src/view/search/formtypes.js';

/** The form of ObsCore where nobody described the table yet. */
export const OBSCORE: IOffer = {
  profile: OBSCORE_PROFILE,
  columns: null,
  absent: [],
  service: {}
};

/** Values known beforehand, none of them counted. */
export function facetsOf(
  form: ISearchForm = EMPTY_FORM,
  over: Readonly<Record<string, IFacet>> = {},
  offer: IOffer = OBSCORE
): IFacets {
  const values = offer.profile.fields.map(field => {
    const key = columnKey(field.column);
    return [key, facetOf(field, null, tickedOf(form.columns[key]))];
  });
  return { added: [], folded: [], values: { ...Object.fromEntries(values), ...over } };
}

/** The form of ObsCore at the sandbox, empty unless told. */
export function propsOf(over: Partial<ISearchFormProps> = {}): ISearchFormProps {
  return {
    trans: nullTranslator.load('obsdeck'),
    archives: [
      { value: 'sandbox', label: 'Sandbox (works offline)' },
      { value: 'rubin', label: 'Rubin DP0.2' }
    ],
    archive: 'sandbox',
    tables: [{ value: 'ivoa.ObsCore', label: 'ivoa.ObsCore' }],
    table: 'ivoa.ObsCore',
    offer: OBSCORE,
    orderColumns: ['t_min', 't_exptime', 'calib_level', 'obs_id'],
    asker: 'anyone',
    account: null,
    form: EMPTY_FORM,
    problems: [],
    isEmpty: true,
    hasResolver: true,
    resolution: null,
    waiting: null,
    facets: facetsOf(over.form, {}, over.offer),
    ownFields: { canBeLoaded: false, isLoading: false, error: '' },
    cost: { state: 'unknown' },
    hasJobs: false,
    adql: 'SELECT *\nFROM ivoa.ObsCore',
    isNameOpen: false,
    handEdited: false,
    running: null,
    onChange: vi.fn(),
    onCriterion: vi.fn(),
    onLeave: vi.fn(),
    onFold: vi.fn(),
    onAddFacet: vi.fn(),
    onRemoveFacet: vi.fn(),
    onTarget: vi.fn(),
    onTargets: vi.fn(),
    onLoadFields: vi.fn(),
    onArchive: vi.fn(),
    onTable: vi.fn(),
    onAsker: vi.fn(),
    onSignIn: vi.fn(),
    onSearch: vi.fn(),
    onCount: vi.fn(),
    onCancel: vi.fn(),
    onEdit: vi.fn(),
    onRevert: vi.fn(),
    ...over
  };
}

/** Show the form. */
export function show(over: Partial<ISearchFormProps> = {}): ISearchFormProps {
  const props = propsOf(over);
  render(<SearchForm {...props} />);
  return props;
}

/** The text field of this name. */
export const textbox = (name: string): HTMLInputElement =>
  screen.getByRole<HTMLInputElement>('textbox', { name });

/** The button of this name. */
export const button = (name: string): HTMLButtonElement =>
  screen.getByRole<HTMLButtonElement>('button', { name });
