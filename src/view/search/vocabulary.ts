import type { TranslationBundle } from '@jupyterlab/translation';

import type { FacetValue, IFacet } from '../../model/facetvalues.js';
import { columnKey, type IFormField } from '../../protocol/form.js';

/** A value in words, and what it means. */
interface IWords {
  readonly label: string;
  readonly description?: string;
}

/** A facet with its values in words of the user's language. */
export function inWords(
  trans: TranslationBundle,
  { column }: IFormField,
  facet: IFacet
): IFacet {
  const isLevel = columnKey(column) === 'calib_level';
  const items = facet.items.map(item => ({
    ...item,
    ...(isLevel ? levelWords(trans, item.value) : null),
    ...(item.value === null || item.value === '' ? noValue(trans) : null)
  }));
  return { ...facet, items };
}

/** Rows without a value. */
function noValue(trans: TranslationBundle): IWords {
  return {
    label: trans.__('not given'),
    description: trans.__('The archive does not say.')
  };
}

/** The calibration levels of ObsCore 1.1 §3.3.2, with what the standard says of each. */
function levelWords(trans: TranslationBundle, level: FacetValue): IWords | null {
  const words: Readonly<Record<string, readonly [string, string]>> = {
    0: [
      trans.__('0 Instrument'),
      trans.__('Raw instrumental data, in a format of the instrument’s own.')
    ],
    1: [
      trans.__('1 Raw'),
      trans.__('Instrumental data in a standard format such as FITS or VOTable.')
    ],
    2: [
      trans.__('2 Calibrated'),
      trans.__('Science-ready data with the instrument’s signature removed.')
    ],
    3: [
      trans.__('3 Stacked'),
      trans.__('Enhanced products such as mosaics and stacks of several observations.')
    ],
    4: [
      trans.__('4 Analysis'),
      trans.__('Products of an analysis that rest on calibrated or enhanced data.')
    ]
  };
  const found = words[String(level)];
  return found ? { label: found[0], description: found[1] } : null;
}

/** ObsCore's labels by language: tables have thousands of fields, each with a label. */
const LABELS = new WeakMap<TranslationBundle, Readonly<Record<string, string>>>();

/**
 * The label of a field in the user's language. Those of ObsCore are known beforehand; those
 * of archives and their columns are said as they are.
 */
export function labelOf(trans: TranslationBundle, { label }: IFormField): string {
  const known = LABELS.get(trans) ?? labelsIn(trans);
  LABELS.set(trans, known);
  return Object.hasOwn(known, label) ? known[label] : label;
}

function labelsIn(trans: TranslationBundle): Readonly<Record<string, string>> {
  return {
    'Product type': trans.__('Product type'),
    'Calibration level': trans.__('Calibration level'),
    Collection: trans.__('Collection'),
    Instrument: trans.__('Instrument'),
    'Product subtype': trans.__('Product subtype'),
    Facility: trans.__('Facility'),
    'Exposure time': trans.__('Exposure time'),
    'Angular resolution': trans.__('Angular resolution'),
    'Resolving power': trans.__('Resolving power'),
    'Field of view': trans.__('Field of view'),
    'Polarization states': trans.__('Polarization states'),
    'Target name in the archive': trans.__('Target name in the archive'),
    Identifier: trans.__('Identifier'),
    Observation: trans.__('Observation'),
    Proposal: trans.__('Proposal'),
    'File format': trans.__('File format'),
    Rights: trans.__('Rights')
  };
}
