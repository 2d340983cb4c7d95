import type { TranslationBundle } from '@jupyterlab/translation';

import type { RowStore } from '../../model/columns.js';
import type { ResultModel } from '../../model/result.js';
import type { MenuEntry } from '../shared/menu.js';
import { RowMarks } from './rowmarks.js';
import { Thumbnails } from './thumbnails.js';
import type { IResultsOptions, IRowsHere } from './types.js';

/** The small pictures of a panel's rows: off until the user turns them on. */
export class RowPictures {
  /**
   * @param picture - gets a picture; missing where there is no way to
   * @param _here - which rows have their file on disk; null where nobody knows
   */
  constructor(
    result: ResultModel,
    private readonly _trans: TranslationBundle,
    picture: IResultsOptions['picture'],
    private readonly _here: IRowsHere | null = null
  ) {
    this.thumbnails = picture
      ? new Thumbnails((url, signal) => {
          const { id = '' } = result.provenance?.archive.definition ?? {};
          return picture(id, url, signal);
        })
      : null;
  }

  /** The pictures; null where there is no way to get them. */
  readonly thumbnails: Thumbnails | null;

  dispose(): void {
    this.thumbnails?.dispose();
  }

  /** What the first column of a table shows before its texts. */
  marksOf(store: RowStore): RowMarks {
    return new RowMarks(store, this._trans, this.thumbnails, Date.now(), this._here);
  }

  /** “Thumbnails”: ticked while they are shown; nothing where rows have none. */
  entries(marks: RowMarks | null): MenuEntry[] {
    const { thumbnails } = this;
    if (!thumbnails || !marks?.hasPreviews) {
      return [];
    }
    const checked = thumbnails.on;
    const run = (): void => void (thumbnails.on = !checked);
    return [{ label: this._trans.__('Thumbnails'), checked, run }];
  }
}
