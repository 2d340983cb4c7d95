import type { TranslationBundle } from '@jupyterlab/translation';

import type { RowStore } from '../../model/columns.js';
import { previewColumns, previewOf } from '../../model/previews.js';
import { hasAccessColumns, rowAccess } from './accessrow.js';
import { releaseOf } from './release.js';
import type { Thumbnails } from './thumbnails.js';
import type { IRowsHere } from './types.js';

/** Width of a flag, and of a picture, with the air behind it, px. */
export const MARK_WIDTH = { flag: 18, here: 20, picture: 28 };

/** What the first column shows before its text. */
export interface IRowMark {
  /** Why the row is marked with a padlock; null where it is not. */
  readonly locked: string | null;
  /** Whether its file is on disk. */
  readonly isHere: boolean;
  readonly picture: ImageBitmap | null;
}

/** Rows whose words are remembered. */
const REMEMBERED = 2000;

/** The marks of the rows of a table: who may have them, and what they look like. */
export class RowMarks {
  /**
   * @param _thumbnails - pictures of rows; null where there is no way to get them
   * @param _now - milliseconds since 1970; decides what is still proprietary
   * @param _here - which rows have their file on disk; null where nobody knows
   */
  constructor(
    private readonly _store: RowStore,
    private readonly _trans: TranslationBundle,
    private readonly _thumbnails: Thumbnails | null,
    private readonly _now = Date.now(),
    private readonly _here: IRowsHere | null = null
  ) {
    this._hasRights = hasAccessColumns(_store);
    this._previews = previewColumns(_store.fields);
  }

  /** True where rows may have pictures. */
  get hasPreviews(): boolean {
    return this._previews !== null && this._thumbnails !== null;
  }

  /** Room that the marks take, px; 0 where no row can have any. */
  get width(): number {
    const isAnyHere = (this._here?.countOf(this._store) ?? 0) > 0;
    const flags =
      (this._hasRights ? MARK_WIDTH.flag : 0) + (isAnyHere ? MARK_WIDTH.here : 0);
    return flags + (this._showsPictures ? MARK_WIDTH.picture : 0);
  }

  /** Room before the flag, px. */
  get pictureWidth(): number {
    return this._showsPictures ? MARK_WIDTH.picture : 0;
  }

  /** The marks of a row of the store. */
  of(row: number): IRowMark {
    return {
      locked: this.lockedOf(row),
      isHere: this._isHere(row),
      picture: this._pictureOf(row)
    };
  }

  /** What the flags of a row say, worst first; null where it has none. */
  wordsOf(row: number): string | null {
    const words = [
      this.lockedOf(row),
      this._isHere(row) ? this._trans.__('Already here') : null
    ];
    return words.filter(word => word !== null).join(', ') || null;
  }

  /**
   * Address within the page of a row's picture as it came; null while it is not there, or
   * where pictures are off.
   */
  originalOf(row: number): string | null {
    const url = this._addressOf(row);
    return url === null ? null : (this._thumbnails?.original(url) ?? null);
  }

  private _isHere(row: number): boolean {
    return this._here?.has(this._store, row) ?? false;
  }

  private _pictureOf(row: number): ImageBitmap | null {
    const url = this._addressOf(row);
    return url === null ? null : (this._thumbnails?.get(url) ?? null);
  }

  /** Where a row's picture is; null where it has none, or pictures are off. */
  private _addressOf(row: number): string | null {
    const isOn = this._previews !== null && this._thumbnails?.on === true;
    return isOn ? previewOf(this._store, row, this._previews) : null;
  }

  private get _showsPictures(): boolean {
    return this.hasPreviews && this._thumbnails?.on === true;
  }

  /** Why a row is marked with a padlock; null where it is not. */
  lockedOf(row: number): string | null {
    if (!this._hasRights) {
      return null;
    }
    let words = this._words.get(row);
    if (words === undefined) {
      words = this._wordsOf(row);
      if (this._words.size >= REMEMBERED) {
        this._words.clear();
      }
      this._words.set(row, words);
    }
    return words;
  }

  private _wordsOf(row: number): string | null {
    const { rights = null, release = null } = rowAccess(this._store, row).row;
    const state = releaseOf(rights, release, this._now);
    switch (state.kind) {
      case 'embargo':
        return this._trans.__('Proprietary until %1', state.date);
      case 'proprietary':
        return this._trans.__('Proprietary');
      default:
        return null;
    }
  }

  private readonly _hasRights: boolean;
  private readonly _previews: ReturnType<typeof previewColumns>;
  private readonly _words = new Map<number, string | null>();
}
