import type { TranslationBundle } from '@jupyterlab/translation';

import { type IHdu, INTERVALS, STRETCHES } from '../../model/quicklook/client.js';
import { COLOUR_MAPS } from '../../model/quicklook/colourmaps.js';
import type { QuickLookModel } from '../../model/quicklook/model.js';
import type { PictureModel } from '../../model/quicklook/picture.js';
import type { MenuEntry } from '../shared/menu.js';
import { openLimits } from './limitspopup.js';
import { hduWords, intervalWords, mapWords } from './words.js';

/**
 * Entries of “Stretch”.
 *
 * @param button - what opened the menu; fields for limits open below it
 */
export function stretchEntries(
  picture: PictureModel,
  button: HTMLElement,
  trans: TranslationBundle
): MenuEntry[] {
  const { look } = picture;
  return [
    ...STRETCHES.map(stretch => ({
      label: stretch,
      checked: look.stretch === stretch,
      run: () => picture.setLook({ stretch })
    })),
    'line',
    ...INTERVALS.map(interval => ({
      label: intervalWords(interval, trans),
      checked: look.limits === null && look.interval === interval,
      run: () => picture.setLook({ interval, limits: null })
    })),
    {
      label: trans.__('Limits …'),
      checked: look.limits !== null,
      run: () => openLimits(picture, button, trans)
    }
  ];
}

/** Entries of “Colour map”. */
export function colourEntries(
  picture: PictureModel,
  trans: TranslationBundle
): MenuEntry[] {
  const { look } = picture;
  return [
    ...COLOUR_MAPS.map(map => ({
      label: mapWords(map, trans),
      checked: look.map === map,
      run: () => picture.setLook({ map })
    })),
    'line',
    {
      label: trans.__('Inverted'),
      checked: look.inverted,
      run: () => picture.setLook({ inverted: !look.inverted })
    }
  ];
}

/** Entries of “HDU”: all of the file, and the table that a spectrum is kept in. */
export function hduEntries(
  model: QuickLookModel,
  trans: TranslationBundle
): MenuEntry[] {
  const { hdu: used, shown } = model;
  const hdus = model.info?.hdus ?? [];
  const entries: MenuEntry[] = hdus.slice(0, MOST).map(hdu => ({
    label: hduWords(hdu, trans),
    checked: hdu.index === used?.index,
    run: () => model.choose(hdu)
  }));
  if (used && isTableOfSpectrum(used)) {
    const isTable = shown?.kind === 'table';
    entries.push('line', {
      label: trans.__('As table'),
      checked: isTable,
      run: () => model.choose(used, isTable ? 'spectrum' : 'table')
    });
  }
  return entries;
}

/** HDUs in the menu: a file may have thousands, and no menu does. */
const MOST = 200;

function isTableOfSpectrum({ kind, table }: IHdu): boolean {
  return kind === 'spectrum' && table !== null;
}
