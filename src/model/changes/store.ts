import {
  type Data,
  type DataType,
  Field,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  type TypeMap,
  Utf8,
  vectorFromArray
} from 'apache-arrow';

import type {
  IVOTableField,
  IVOTableHead,
  Pause
} from '../../protocol/votable/types.js';
import { RowStore } from '../columns.js';
import { ADDED, type IDifference, RELEASED } from './compare.js';
import { CHANGE_ID, unescapeCell } from './rows.js';

/** Rows that are gone and are listed; more are only counted. */
export const MOST_REMOVED = 10_000;

/** Words of the column. */
export interface IChangeWords {
  readonly column: string;
  readonly added: string;
  readonly released: string;
  readonly removed: string;
}

/**
 * The rows of a result with a column that tells what happened to each since the last run;
 * rows that are gone stand at the end, with no more than their key. Nothing is copied.
 */
export class ChangedStore extends RowStore {
  private constructor(
    head: IVOTableHead,
    private readonly _marks: Uint8Array,
    private readonly _words: IChangeWords
  ) {
    const field = changeField(_words.column);
    const fields = [...head.schema.fields, arrowField(field, head.schema)];
    const schema = new Schema(fields, head.schema.metadata);
    super({ ...head, fields: [...head.fields, field], schema });
    this._struct = new Struct<TypeMap>(fields);
  }

  /** Make one of the rows that were compared. */
  static async of(
    rows: RowStore,
    difference: IDifference,
    words: IChangeWords,
    pause: Pause
  ): Promise<ChangedStore> {
    const store = new ChangedStore(rows.head, difference.marks, words);
    for (const batch of rows.batches) {
      store.append(batch);
      await pause();
    }
    // What is not in a slice may as well be behind its end.
    if (!difference.isSlice && difference.removed.length > 0) {
      store._appendRemoved(difference);
    }
    return store;
  }

  override get answered(): number {
    return this.rowCount - this._gone;
  }

  /** Add rows as the service sent them. */
  override append(batch: RecordBatch): void {
    const first = this.rowCount;
    const words = Array.from({ length: batch.numRows }, (_, row) =>
      this._word(this._marks[first + row])
    );
    this._append(batch.data.children, words);
  }

  private _appendRemoved({ removed, keyColumns }: IDifference): void {
    const listed = removed.slice(0, MOST_REMOVED).map(key => key.split('\t'));
    const columns = this.fields.slice(0, -1).map(({ name }, index) => {
      const part = keyColumns.indexOf(name);
      const { type } = this.head.schema.fields[index];
      const cells = listed.map(parts => (part < 0 ? null : cellOf(type, parts[part])));
      return vectorFromArray(cells, type).data[0];
    });
    this._gone = listed.length;
    this._append(
      columns,
      listed.map(() => this._words.removed)
    );
  }

  private _append(columns: readonly Data[], words: readonly (string | null)[]): void {
    const change = vectorFromArray(words, new Utf8()).data[0];
    const children = [...columns, change];
    const { length } = words;
    const data = makeData({ type: this._struct, length, nullCount: 0, children });
    super.append(new RecordBatch(this.head.schema, data));
  }

  private _word(mark: number | undefined): string | null {
    const { added, released } = this._words;
    return mark === ADDED ? added : mark === RELEASED ? released : null;
  }

  private readonly _struct: Struct<TypeMap>;
  /** Rows that are listed though they are gone. */
  private _gone = 0;
}

function changeField(name: string): IVOTableField {
  return {
    name,
    id: CHANGE_ID,
    datatype: 'char',
    arraysize: '*',
    unit: null,
    ucd: null,
    utype: null,
    xtype: null,
    description: null,
    nullValue: null
  };
}

/** Arrow wants names to be different. */
function arrowField({ name }: IVOTableField, { fields }: Schema): Field {
  const taken = new Set(fields.map(field => field.name));
  let free = name;
  for (let count = 2; taken.has(free); count++) {
    free = `${name}_${count}`;
  }
  return new Field(free, new Utf8(), true, new Map([['datatype', 'char']]));
}

/** A key as the cell it was; null where that cannot be. */
function cellOf(type: DataType, text: string): unknown {
  const plain = unescapeCell(text);
  if (type instanceof Utf8) {
    return plain;
  }
  if (type.ArrayType === BigInt64Array) {
    return /^-?\d+$/.test(plain) ? BigInt(plain) : null;
  }
  const number = Number(plain);
  return plain === '' || Number.isNaN(number) ? null : number;
}
