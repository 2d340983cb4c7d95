import type { TranslationBundle } from '@jupyterlab/translation';
import type { Widget } from '@lumino/widgets';

import type { QuickLookModel } from '../../model/quicklook/model.js';
import { PictureView } from './pictureview.js';
import type { ShapeEditor } from './shapeeditor.js';
import { SpectrumView } from './spectrumview.js';
import { TableView } from './tableview.js';
import { hduName } from './words.js';

/** The picture, curve or table that a model shows; null while there is none. */
export function shownWidget(
  model: QuickLookModel,
  editor: ShapeEditor,
  trans: TranslationBundle
): Widget | null {
  const { shown, hdu, name } = model;
  if (!shown || !hdu) {
    return null;
  }
  const label = trans.__('%1, %2', name, hduName(hdu, trans));
  switch (shown.kind) {
    case 'picture':
      return new PictureView({ picture: shown.picture, label, trans, editor });
    case 'spectrum': {
      const { value } = shown.spectrum;
      return value && new SpectrumView(value, label, trans);
    }
    case 'table':
      return new TableView(shown.rows, label, trans);
  }
}
