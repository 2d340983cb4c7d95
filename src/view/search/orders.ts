import type { TranslationBundle } from '@jupyterlab/translation';

import type { IChoice } from './fields.js';

/** An order of rows; `value` of the choice is made of both. */
export interface IOrder {
  readonly orderBy: string;
  readonly descending: boolean;
}

/**
 * The orders that are offered: the usual ones in words, then each other column both ways.
 * An order from elsewhere is added, so that it shows.
 *
 * @param columns - keys of the columns that the table is known to have
 */
export function orders(
  trans: TranslationBundle,
  columns: readonly string[],
  current: IOrder
): readonly IChoice[] {
  const usual = usualOrders(trans).filter(
    ({ orderBy }) => orderBy === '' || columns.includes(orderBy)
  );
  const inWords = new Set(usual.map(({ orderBy }) => orderBy));
  const others = columns
    .filter(column => !inWords.has(column))
    .flatMap(column => [
      { orderBy: column, descending: false, label: trans.__('%1, ascending', column) },
      { orderBy: column, descending: true, label: trans.__('%1, descending', column) }
    ]);
  const offered = [...usual, ...others].map(order => ({
    value: orderValue(order),
    label: order.label
  }));
  const value = orderValue(current);
  const isKnown = offered.some(item => item.value === value);
  return isKnown ? offered : [...offered, { value, label: value }];
}

/** Orders that are worth words of their own. */
function usualOrders(
  trans: TranslationBundle
): readonly (IOrder & { readonly label: string })[] {
  return [
    { orderBy: '', descending: false, label: trans.__('the service’s own order') },
    { orderBy: 't_min', descending: true, label: trans.__('t_min, newest first') },
    { orderBy: 't_min', descending: false, label: trans.__('t_min, oldest first') },
    {
      orderBy: 't_exptime',
      descending: true,
      label: trans.__('t_exptime, longest first')
    },
    {
      orderBy: 'calib_level',
      descending: true,
      label: trans.__('calib_level, highest first')
    },
    {
      orderBy: 's_resolution',
      descending: false,
      label: trans.__('s_resolution, sharpest first')
    },
    {
      orderBy: 'access_estsize',
      descending: true,
      label: trans.__('access_estsize, largest first')
    },
    {
      orderBy: 'target_name',
      descending: false,
      label: trans.__('target_name, A to Z')
    }
  ];
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
