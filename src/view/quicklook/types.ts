import type { IDisposable } from '@lumino/disposable';
import type { Widget } from '@lumino/widgets';

import type { ICutoutShape } from '../../model/cutout/types.js';
import type { LinkedPictures } from '../../model/quicklook/linked.js';
import type { QuickLookModel } from '../../model/quicklook/model.js';
import type { IRemoteMeans } from '../../model/quicklook/remote.js';
import type { QuickLookTarget } from '../../model/quicklook/types.js';

/** What “Cut out” adds to a Quick look tab. */
export interface ICutoutPart extends IDisposable {
  /** Drawn on the picture and edited there; null for a service that takes no shape. */
  readonly shape: ICutoutShape | null;
  /** The form below the picture while “Cut out” is pressed; the tab's from then on. */
  readonly form: Widget;
}

/** Makes the form for what a tab shows. */
export interface ICutoutFactory {
  /** Why nothing can be cut out of it, one sentence; null where something can. Asks nobody. */
  reason(target: QuickLookTarget): string | null;
  /** Called when “Cut out” is pressed for the first time, of a target without a reason. */
  create(target: QuickLookTarget): ICutoutPart;
}

/** What a Quick look tab is made with. */
export interface IQuickLookMeans extends IRemoteMeans {
  /** Looks at a file; reads nothing yet. */
  createModel(path: string): QuickLookModel;
  /** Pictures that are moved together. */
  readonly links: LinkedPictures;
  /** Makes the form of “Cut out”; null while nobody can. */
  cutouts(): ICutoutFactory | null;
}
