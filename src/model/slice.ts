import type { RecordBatch } from 'apache-arrow';

import type { IQuery } from '../archives/archive.js';
import { ProtocolError } from '../protocol/errors.js';
import type { VOTableEvent } from '../protocol/votable/types.js';
import type { RowStore } from './columns.js';
import { type IProvenance, type IRead, Reading } from './reading.js';

/** Rows that are to follow those of a result. */
export interface ISlice {
  readonly query: IQuery;
  /**
   * Column that tells rows apart: rows with a key that is there already are left out.
   * Missing where no column does.
   */
  readonly key?: string;
  /** True for a part of one list, of which an earlier part may have been cut short. */
  readonly isPart?: boolean;
}

/** What has been read of an answer whose rows follow those that are there. */
export class SliceReading extends Reading {
  /**
   * @param _rows - rows that are there; grow
   * @param key - index of the column that tells rows apart; -1 for none
   */
  constructor(
    asked: IProvenance,
    before: IRead,
    private readonly _rows: RowStore,
    private readonly _key: number
  ) {
    super(asked, before);
    if (_key >= 0) {
      for (let row = 0; row < _rows.rowCount; row++) {
        this._known.add(_rows.value(row, _key));
      }
    }
  }

  override get store(): RowStore {
    return this._rows;
  }

  override head(event: Extract<VOTableEvent, { type: 'head' }>): void {
    if (this.table < 0) {
      this._check(event);
      this.table = event.table;
      this.stores.set(event.table, this._rows);
    }
  }

  /** Add the rows of a batch that are not there yet. */
  protected override add(store: RowStore, batch: RecordBatch): void {
    const keys = this._key < 0 ? null : batch.getChildAt(this._key);
    if (!keys) {
      store.append(batch);
      return;
    }
    const take = (begin: number, end: number): void => {
      if (begin < end) {
        store.append(end - begin === batch.numRows ? batch : batch.slice(begin, end));
      }
    };
    let begin = 0;
    for (let row = 0; row < batch.numRows; row++) {
      const key: unknown = keys.get(row);
      // Rows without a key cannot be told apart; better twice than lost.
      if (key !== null && this._known.has(key)) {
        take(begin, row);
        begin = row + 1;
      }
      this._known.add(key);
    }
    take(begin, batch.numRows);
  }

  private _check({ head }: Extract<VOTableEvent, { type: 'head' }>): void {
    const { fields } = this._rows;
    const isSame =
      fields.length === head.fields.length &&
      fields.every(
        ({ name, datatype }, index) =>
          name === head.fields[index].name && datatype === head.fields[index].datatype
      );
    if (!isSame) {
      const archive = this.asked.archive.definition.name;
      const message = 'The rows that follow have other columns.';
      throw new ProtocolError('bad-answer', message, { archive });
    }
  }

  private readonly _known = new Set<unknown>();
}
