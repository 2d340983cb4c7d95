import type { IFormField, IFormProfile } from '../form/types.js';

import {
  CALIB_LEVELS,
  OBSCORE_COLUMNS,
  PRODUCT_TYPES,
  type IObsCoreColumn
} from './columns.js';

/** Size of the unit of `access_estsize`, in byte. */
const KBYTE = 1000;

const COLUMNS: ReadonlyMap<string, IObsCoreColumn> = new Map(
  OBSCORE_COLUMNS.map(column => [column.name, column])
);

/** What the form of ObsCore 1.1 offers, beside the columns a service adds to it. */
export const OBSCORE_PROFILE: IFormProfile = {
  title: null,
  position: { ra: 's_ra', dec: 's_dec', region: 's_region' },
  time: { min: 't_min', max: 't_max', as: 'mjd' },
  spectral: { min: 'em_min', max: 'em_max', unit: 'm' },
  fields: [
    faceted('dataproduct_type', 'Product type', {
      choices: [...PRODUCT_TYPES, null].map(value => ({ value }))
    }),
    faceted('calib_level', 'Calibration level', {
      choices: CALIB_LEVELS.map(value => ({ value }))
    }),
    faceted('obs_collection', 'Collection'),
    faceted('instrument_name', 'Instrument'),
    faceted('dataproduct_subtype', 'Product subtype', { more: true }),
    faceted('facility_name', 'Facility', { more: true, facet: false }),
    more('t_exptime', 'Exposure time', 'range'),
    more('s_resolution', 'Angular resolution', 'range'),
    more('em_res_power', 'Resolving power', 'range'),
    more('s_fov', 'Field of view', 'range'),
    more('pol_states', 'Polarization states', 'text'),
    more('target_name', 'Target name in the archive', 'text'),
    more('obs_publisher_did', 'Identifier', 'identifier'),
    more('obs_id', 'Observation', 'text'),
    more('proposal_id', 'Proposal', 'text'),
    more('access_format', 'File format', 'choice'),
    more('data_rights', 'Rights', 'choice')
  ],
  key: 'obs_publisher_did',
  size: { column: 'access_estsize', bytes: KBYTE },
  release: 'obs_release_date'
};

function faceted(
  name: string,
  label: string,
  over: Partial<IFormField> = {}
): IFormField {
  return field(name, label, { control: 'choice', facet: true, ...over });
}

function more(name: string, label: string, control: IFormField['control']): IFormField {
  return field(name, label, { control, more: true });
}

function field(
  name: string,
  label: string,
  rest: Pick<IFormField, 'control'> & Partial<IFormField>
): IFormField {
  const column = COLUMNS.get(name);
  return {
    column: name,
    label,
    values: column?.datatype === 'char' ? 'text' : 'number',
    unit: column?.unit ?? null,
    description: column?.description ?? null,
    ...rest
  };
}
