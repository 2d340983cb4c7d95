import { type Data, type RecordBatch, Type } from 'apache-arrow';

import { parseArraysize } from '../../protocol/votable/arraysize.js';
import type { IVOTableField } from '../../protocol/votable/types.js';
import type { ChunkKind, IColumnChunk } from './tasks.js';

/** The part of a row store that tasks are made from. */
export interface ITableColumns {
  readonly fields: readonly IVOTableField[];
  readonly batches: readonly RecordBatch[];
}

/**
 * What the cells of a field are to sorting and filtering; null for arrays and complex
 * numbers, which have no order and no text of their own.
 */
export function valueKind(field: IVOTableField): ChunkKind | null {
  const { datatype } = field;
  const shape = parseArraysize(field.arraysize);
  if (datatype === 'char' || datatype === 'unicodeChar') {
    return shape.axes < 2 ? 'text' : null;
  }
  // The reader makes a scalar of `arraysize="1"`.
  if (datatype.endsWith('Complex') || shape.length !== 1 || shape.axes > 1) {
    return null;
  }
  if (datatype === 'boolean') {
    return 'boolean';
  }
  return datatype === 'long' ? 'long' : 'number';
}

/** True where rows can be sorted and filtered by the field: scalars and strings. */
export function isSortable(field: IVOTableField): boolean {
  return valueKind(field) !== null;
}

/**
 * The buffers of a column, one chunk for each record batch, not copied.
 *
 * @param column - index of the column in the order of the document
 * @param first - index of the first batch wanted
 * @throws RangeError for a column that there is not, or of arrays, see {@link isSortable}
 */
export function columnChunks(
  { batches, fields }: ITableColumns,
  column: number,
  first = 0
): IColumnChunk[] {
  const field = fields[column];
  if (!field) {
    throw new RangeError(`The table has no column ${column + 1}.`);
  }
  return batches.slice(first).map(batch => {
    const chunk = chunkOf(batch.data.children[column]);
    if (!chunk) {
      throw new RangeError(
        `Rows cannot be sorted or filtered by “${field.name}”: its cells are arrays.`
      );
    }
    return chunk;
  });
}

function chunkOf(data: Data): IColumnChunk | null {
  const { length, offset: bit, values, valueOffsets: offsets } = data;
  const valid = data.nullCount > 0 ? data.nullBitmap : null;
  const shared = { length, bit, valid: valid ?? null };
  switch (data.typeId) {
    case Type.Utf8:
      return { ...shared, kind: 'text', values, offsets };
    case Type.Bool:
      return { ...shared, kind: 'boolean', values };
    case Type.Float:
      return { ...shared, kind: 'number', values };
    case Type.Int:
      return {
        ...shared,
        kind: values instanceof BigInt64Array ? 'long' : 'number',
        values
      };
    default:
      return null;
  }
}
