import type { IDisposable } from '@lumino/disposable';
import type { Widget } from '@lumino/widgets';

import type { ICutoutShape } from '../../model/cutout/types.js';
import type { QuickLookTarget } from '../../model/quicklook/types.js';

/** What “Cut out” adds to a Quick look tab. */
export interface ICutoutPart extends IDisposable {
  /** Drawn on the picture and edited there; null for a service that takes no shape. */
  readonly shape: ICutoutShape | null;
  /** The form below the picture while “Cut out” is pressed; the tab's from then on. */
  readonly form: Widget;
}

/**
 * Makes the form for what a tab shows; null where nothing can be cut out of it. Called when
 * “Cut out” is pressed for the first time.
 */
export interface ICutoutFactory {
  /** Why nothing can be cut out of it, one sentence; null where something can. Asks nobody. */
  reason(target: QuickLookTarget): string | null;
  create(target: QuickLookTarget): ICutoutPart;
}
