import { Token } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import type { Widget } from '@lumino/widgets';

import type { QuickLookTarget } from '../../model/quicklook/types.js';
import type { IGridPicture } from '../../view/quicklook/picturegrid.js';
import type { ICutoutFactory } from '../../view/quicklook/types.js';

/** The Quick look tabs, for our plugins. */
export interface IQuickLook {
  /**
   * Bring the tab of a file or row to the front, or open it.
   *
   * @param cutOut - with “Cut out” pressed
   */
  open(target: QuickLookTarget, cutOut?: boolean): Promise<void>;
  /** What is shown in the tab used last; null where there is none. */
  readonly target: QuickLookTarget | null;
  /** Let pictures be cut out; the last factory wins, disposing brings the one before back. */
  addCutouts(factory: ICutoutFactory): IDisposable;
  /** Small pictures of several files beside each other; each opens its tab. */
  createGrid(pictures: readonly IGridPicture[]): Promise<Widget>;
}

/** The Quick look tabs, for our plugins. */
export const IQuickLook = new Token<IQuickLook>(
  'obsdeck:IQuickLook',
  'The Quick look tabs: pictures, spectra and tables of FITS files, and cutting out.'
);
