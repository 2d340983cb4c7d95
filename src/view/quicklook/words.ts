import type { TranslationBundle } from '@jupyterlab/translation';

import type { IFileInfo, IHdu, Interval } from '../../model/quicklook/client.js';
import type { ColourMap } from '../../model/quicklook/colourmaps.js';
import { formatCount } from '../shared/format.js';

/** An HDU in a few words: `1 SCI, image 4,096 × 4,096`. */
export function hduWords(hdu: IHdu, trans: TranslationBundle): string {
  const name = hdu.name ? `${hdu.index} ${hdu.name}` : String(hdu.index);
  return `${name}, ${contentWords(hdu, trans)}`;
}

/** Name of an HDU as part of a longer one: `SCI`, or `HDU 1` where it has none. */
export function hduName({ name, index }: IHdu, trans: TranslationBundle): string {
  return name || trans.__('HDU %1', index);
}

/** What is in a file that has no picture: “This file has no image: 2 tables.” */
export function noImageWords({ hdus }: IFileInfo, trans: TranslationBundle): string {
  const count = (kind: IHdu['kind']): number =>
    hdus.filter(hdu => hdu.kind === kind).length;
  const [spectra, tables] = [count('spectrum'), count('table')];
  const parts = [
    spectra > 0 && trans._n('1 spectrum', '%1 spectra', spectra, spectra),
    tables > 0 && trans._n('1 table', '%1 tables', tables, tables)
  ].filter(part => part !== false);
  const content = parts.join(', ') || trans.__('only headers');
  return trans.__('This file has no image: %1.', content);
}

/** An interval as the menu tells it. */
export function intervalWords(interval: Interval, trans: TranslationBundle): string {
  const percent = trans.__('%1 %', interval);
  return interval === 'zscale'
    ? trans.__('ZScale')
    : interval === 'minmax'
      ? trans.__('Minimum to maximum')
      : percent;
}

/** A colour map as the menu tells it. */
export function mapWords(map: ColourMap, trans: TranslationBundle): string {
  const words: Readonly<Record<ColourMap, string>> = {
    grey: trans.__('Grey'),
    dusk: trans.__('Dusk'),
    heat: trans.__('Heat'),
    ice: trans.__('Ice')
  };
  return words[map];
}

function contentWords({ kind, image, table }: IHdu, trans: TranslationBundle): string {
  if (image) {
    const size = [image.width, image.height, image.planes]
      .filter((length, axis) => axis < 2 || length > 1)
      .map(formatCount)
      .join(' × ');
    return image.planes > 1 ? trans.__('cube %1', size) : trans.__('image %1', size);
  }
  if (kind === 'spectrum') {
    return trans.__('spectrum');
  }
  return table
    ? trans._n(
        'table of 1 row',
        'table of %1 rows',
        table.rows,
        formatCount(table.rows)
      )
    : trans.__('no data');
}
