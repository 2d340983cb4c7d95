import { type Data, type DataType, makeData, Type } from 'apache-arrow';

/** Cells in some order: each is a row of one of several pieces of a column. */
export interface ICells {
  /** Index of the piece. */
  readonly piece: Int32Array;
  /** Row of the piece. */
  readonly row: Int32Array;
}

/**
 * The cells of a column in another order, copied out of its pieces.
 *
 * Knows the types that the reader of VOTables makes: numbers, booleans, texts, and lists of
 * these of any depth.
 *
 * @param pieces - parts of one column, all of the same type
 * @throws RangeError for another type
 */
export function takeCells<T extends DataType>(
  pieces: readonly Data<T>[],
  type: T,
  cells: ICells
): Data<T> {
  return take(pieces as readonly Data[], type, cells) as Data<T>;
}

function take(pieces: readonly Data[], type: DataType, cells: ICells): Data {
  const valid = takeValidity(pieces, cells);
  switch (type.typeId) {
    case Type.Int:
    case Type.Float:
      return dataOf(type, cells, valid, { data: takeNumbers(pieces, type, cells) });
    case Type.Bool:
      return dataOf(type, cells, valid, { data: takeBits(pieces, cells) });
    case Type.Utf8:
      return dataOf(type, cells, valid, takeTexts(pieces, cells));
    case Type.List: {
      const { valueOffsets, inner } = listedCells(pieces, cells);
      const child = take(childrenOf(pieces), type.children[0].type as DataType, inner);
      return dataOf(type, cells, valid, { valueOffsets, child });
    }
    case Type.FixedSizeList: {
      const { listSize } = type as DataType & { readonly listSize: number };
      const inner = fixedCells(cells, listSize);
      const child = take(childrenOf(pieces), type.children[0].type as DataType, inner);
      return dataOf(type, cells, valid, { child });
    }
    default:
      throw new RangeError(`Columns of type ${String(type)} cannot be taken apart.`);
  }
}

/** What of a column's buffers depends on its type. */
interface IBuffers {
  readonly data?: ArrayBufferView;
  readonly valueOffsets?: Int32Array;
  readonly child?: Data;
}

interface IValidity {
  readonly nullBitmap: Uint8Array | null;
  readonly nullCount: number;
}

function dataOf(
  type: DataType,
  { row }: ICells,
  valid: IValidity,
  buffers: IBuffers
): Data {
  // `makeData` has an overload for each type, and no name for what they share.
  const properties = { type, length: row.length, ...valid, ...buffers };
  return makeData(properties as unknown as Parameters<typeof makeData>[0]) as Data;
}

function takeValidity(pieces: readonly Data[], cells: ICells): IValidity {
  if (pieces.every(({ nullCount }) => nullCount === 0)) {
    return { nullBitmap: null, nullCount: 0 };
  }
  const { row, piece } = cells;
  const nullBitmap = bitmap(row.length);
  let nullCount = 0;
  for (let i = 0; i < row.length; i++) {
    const { nullCount: nulls, nullBitmap: bits, offset } = pieces[piece[i]];
    if (nulls === 0 || hasBit(bits as Uint8Array, offset + row[i])) {
      nullBitmap[i >> 3] |= 1 << (i & 7);
    } else {
      nullCount += 1;
    }
  }
  return { nullBitmap, nullCount };
}

type Numbers = Float64Array;

/** All kinds of numbers are copied alike; the type of the array is that of the column. */
function takeNumbers(
  pieces: readonly Data[],
  type: DataType,
  { piece, row }: ICells
): Numbers {
  const values = pieces.map(data => data.values as Numbers);
  const taken = new (type.ArrayType as Float64ArrayConstructor)(row.length);
  for (let i = 0; i < row.length; i++) {
    taken[i] = values[piece[i]][row[i]];
  }
  return taken;
}

function takeBits(pieces: readonly Data[], { piece, row }: ICells): Uint8Array {
  const bits = bitmap(row.length);
  for (let i = 0; i < row.length; i++) {
    const { values, offset } = pieces[piece[i]];
    if (hasBit(values as Uint8Array, offset + row[i])) {
      bits[i >> 3] |= 1 << (i & 7);
    }
  }
  return bits;
}

function takeTexts(pieces: readonly Data[], { piece, row }: ICells): IBuffers {
  const offsets = pieces.map(({ valueOffsets }) => valueOffsets as Int32Array);
  const valueOffsets = new Int32Array(row.length + 1);
  for (let i = 0; i < row.length; i++) {
    const from = offsets[piece[i]];
    valueOffsets[i + 1] = valueOffsets[i] + from[row[i] + 1] - from[row[i]];
  }
  const data = new Uint8Array(valueOffsets[row.length]);
  for (let i = 0; i < row.length; i++) {
    const from = offsets[piece[i]];
    const bytes = pieces[piece[i]].values as Uint8Array;
    data.set(bytes.subarray(from[row[i]], from[row[i] + 1]), valueOffsets[i]);
  }
  return { data, valueOffsets };
}

/** The cells inside of lists of any length. */
function listedCells(
  pieces: readonly Data[],
  { piece, row }: ICells
): { readonly valueOffsets: Int32Array; readonly inner: ICells } {
  const offsets = pieces.map(({ valueOffsets }) => valueOffsets as Int32Array);
  const valueOffsets = new Int32Array(row.length + 1);
  for (let i = 0; i < row.length; i++) {
    const from = offsets[piece[i]];
    valueOffsets[i + 1] = valueOffsets[i] + from[row[i] + 1] - from[row[i]];
  }
  const inner = emptyCells(valueOffsets[row.length]);
  for (let i = 0; i < row.length; i++) {
    const begin = offsets[piece[i]][row[i]] - valueOffsets[i];
    for (let at = valueOffsets[i]; at < valueOffsets[i + 1]; at++) {
      inner.piece[at] = piece[i];
      inner.row[at] = begin + at;
    }
  }
  return { valueOffsets, inner };
}

/** The cells inside of lists of one length. */
function fixedCells({ piece, row }: ICells, size: number): ICells {
  const inner = emptyCells(row.length * size);
  for (let at = 0; at < inner.row.length; at++) {
    const list = Math.floor(at / size);
    inner.piece[at] = piece[list];
    inner.row[at] = row[list] * size + (at % size);
  }
  return inner;
}

function childrenOf(pieces: readonly Data[]): readonly Data[] {
  return pieces.map(({ children }) => children[0]);
}

function emptyCells(length: number): ICells {
  return { piece: new Int32Array(length), row: new Int32Array(length) };
}

function bitmap(length: number): Uint8Array {
  return new Uint8Array(Math.ceil(length / 8));
}

function hasBit(bits: Uint8Array, at: number): boolean {
  return ((bits[at >> 3] >>> (at & 7)) & 1) === 1;
}
