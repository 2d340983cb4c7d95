import type { TranslationBundle } from '@jupyterlab/translation';

import { CALIB_LEVELS, PRODUCT_TYPES } from '../../protocol/obscore.js';
import type { IChoice } from './fields.js';

/** An item of a facet: its value, its words, and what it means. */
export interface IFacetItem<Value> {
  readonly value: Value;
  readonly label: string;
  readonly caption?: string;
}

/** The product types of ObsCore 1.1 §3.3.1; they are terms and stay untranslated. */
export function productTypes(
  trans: TranslationBundle
): readonly IFacetItem<string | null>[] {
  const terms = PRODUCT_TYPES.map(term => ({ value: term, label: term }));
  const none = {
    value: null,
    label: trans.__('not given'),
    caption: trans.__('The archive does not say what kind of product it is.')
  };
  return [...terms, none];
}

/** The calibration levels of ObsCore 1.1 §3.3.2, with what the standard says of each. */
export function calibrationLevels(
  trans: TranslationBundle
): readonly IFacetItem<number>[] {
  const words: Readonly<Record<number, readonly [string, string]>> = {
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
  return CALIB_LEVELS.map(value => {
    const [label, caption] = words[value] ?? [String(value), ''];
    return { value, label, caption };
  });
}

/** An order of rows; `value` of the choice is made of both. */
export interface IOrder {
  readonly orderBy: string;
  readonly descending: boolean;
}

/** The orders that are offered; an order from elsewhere is added, so that it shows. */
export function orders(trans: TranslationBundle, current: IOrder): readonly IChoice[] {
  const offered = [
    choice('', false, trans.__('the service’s own order')),
    choice('t_min', true, trans.__('t_min, newest first')),
    choice('t_min', false, trans.__('t_min, oldest first')),
    choice('t_exptime', true, trans.__('t_exptime, longest first')),
    choice('calib_level', true, trans.__('calib_level, highest first')),
    choice('s_resolution', false, trans.__('s_resolution, sharpest first')),
    choice('access_estsize', true, trans.__('access_estsize, largest first')),
    choice('target_name', false, trans.__('target_name, A to Z'))
  ];
  const value = orderValue(current);
  const isKnown = offered.some(item => item.value === value);
  return isKnown ? offered : [...offered, { value, label: value }];
}

/** An order as the value of a choice. */
export function orderValue({ orderBy, descending }: IOrder): string {
  return descending ? `${orderBy} DESC` : orderBy;
}

/** The order that a choice stands for. */
export function orderOf(value: string): IOrder {
  const descending = value.endsWith(' DESC');
  return { orderBy: descending ? value.slice(0, -' DESC'.length) : value, descending };
}

function choice(orderBy: string, descending: boolean, label: string): IChoice {
  return { value: orderValue({ orderBy, descending }), label };
}
