import { parseArraysize, type IShape } from '../arraysize.js';
import type { IVOTableField, VOTableDatatype } from '../types.js';
import { BitColumn } from './bit.js';
import { BooleanColumn } from './boolean.js';
import type { IColumn, ReportRepair } from './column.js';
import { BitListColumn, ListColumn } from './list.js';
import { FloatColumn, IntegerColumn, LongColumn } from './numeric.js';
import { StringColumn } from './string.js';
import { StringsColumn } from './strings.js';

/** Bytes of a value in BINARY (VOTable 1.4 §2.1). */
const WIDTHS: Readonly<Record<VOTableDatatype, number>> = {
  boolean: 1,
  bit: 1,
  unsignedByte: 1,
  short: 2,
  int: 4,
  long: 8,
  char: 1,
  unicodeChar: 2,
  float: 4,
  double: 8,
  floatComplex: 8,
  doubleComplex: 16
};

/**
 * The empty column of a FIELD.
 *
 * @param report - told of every repair
 */
export function createColumn(field: IVOTableField, report: ReportRepair): IColumn {
  const shape = parseArraysize(field.arraysize);
  if (field.datatype === 'char' || field.datatype === 'unicodeChar') {
    return createText(field, shape, report);
  }
  const value = createValue(field, report);
  // `arraysize="1"` means a scalar to most writers.
  if (shape.length === 1 && shape.axes <= 1) {
    return value;
  }
  const format = { length: shape.length, block: shape.block };
  return field.datatype === 'bit'
    ? new BitListColumn(format, value, report)
    : new ListColumn(
        format,
        value,
        report,
        WIDTHS[field.datatype],
        isComplex(field.datatype) ? 2 : 1
      );
}

function createText(
  field: IVOTableField,
  shape: IShape,
  report: ReportRepair
): IColumn {
  const unit = field.datatype === 'char' ? 1 : 2;
  if (shape.axes < 2) {
    const format = { unit, length: shape.length, block: 1 } as const;
    return new StringColumn(format, field.nullValue, report);
  }
  const width = Number(field.arraysize?.split('x')[0]);
  const child = new StringColumn(
    { unit, length: width, block: 1 },
    field.nullValue,
    report
  );
  const { length, block } = shape;
  return new StringsColumn({ width, unit, length, block }, child);
}

function createValue(field: IVOTableField, report: ReportRepair): IColumn {
  const { datatype, nullValue } = field;
  switch (datatype) {
    case 'boolean':
      return new BooleanColumn();
    case 'bit':
      return new BitColumn();
    case 'unsignedByte':
      return new IntegerColumn(1, integerMagic(nullValue));
    case 'short':
      return new IntegerColumn(2, integerMagic(nullValue));
    case 'int':
      return new IntegerColumn(4, integerMagic(nullValue));
    case 'long':
      return new LongColumn(longMagic(nullValue));
    case 'floatComplex':
    case 'doubleComplex': {
      const width = datatype === 'floatComplex' ? 4 : 8;
      const part = new FloatColumn(width, null);
      return new ListColumn({ length: 2, block: 1 }, part, report, width, 1);
    }
    default:
      return new FloatColumn(datatype === 'float' ? 4 : 8, floatMagic(nullValue));
  }
}

function isComplex(datatype: VOTableDatatype): boolean {
  return datatype === 'floatComplex' || datatype === 'doubleComplex';
}

/** A magic value that is no number of the column can still be met as text. */
function integerMagic(nullValue: string | null): number {
  const text = nullValue?.trim() ?? '';
  return text === '' ? NaN : Number(text);
}

function longMagic(nullValue: string | null): bigint | null {
  const text = nullValue?.trim() ?? '';
  return /^(?:[+-]?\d+|0x[0-9a-f]+)$/i.test(text)
    ? BigInt(text.replace('+', ''))
    : null;
}

function floatMagic(nullValue: string | null): number | null {
  const text = nullValue?.trim() ?? '';
  if (text === '') {
    return null;
  }
  const value = Number(text.replace(/inf$/i, 'Infinity'));
  return Number.isNaN(value) && text.toLowerCase() !== 'nan' ? null : value;
}
