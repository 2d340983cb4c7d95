/** FIELDs of any datatype × arraysize, and rows for them in each serialization. */
import { bigEndian, packed, TYPES } from './values.mjs';

const DATATYPES = Object.keys(TYPES);
const SIZES = [
  null,
  null,
  null,
  '*',
  '*',
  '3',
  '5*',
  '2x3',
  '2x*',
  '1',
  '0',
  '64',
  '65'
];

/** Rows of one table, past the 1000 of a first batch; BINARY reaches them in 2 kB. */
const MOST_ROWS = 2200;

/** A FIELD without its rows. */
export function randomField(random) {
  const datatype = random.pick(DATATYPES);
  return {
    name: `c${random.below(50)}`,
    datatype,
    arraysize: random.pick(SIZES),
    isText: datatype === 'char' || datatype === 'unicodeChar',
    // Some services count characters where the standard counts units of UTF-16.
    countsCharacters: random.chance(0.03) && datatype === 'unicodeChar',
    more: random.chance(0.3) ? moreAttributes(random) : '',
    inner: random.chance(0.3) ? innerElements(random) : ''
  };
}

const ATTRIBUTES = [
  'unit="deg"',
  'ucd="pos.eq;meta.main"',
  'ref="r1"',
  'utype="a:b.c"'
];

function moreAttributes(random) {
  const xtype = random.pick(['timestamp', 'polygon', 'adql:POINT', 'interval']);
  return ` ${random.pick(ATTRIBUTES)} xtype="${xtype}" ID="f${random.below(1e9)}"`;
}

const INNER = [
  '<DESCRIPTION>a &lt; b &amp; "c"</DESCRIPTION>',
  '<VALUES null="-1"/>',
  '<VALUES null="NaN"><MIN value="-5"/><MAX value="1e3" inclusive="no"/></VALUES>',
  '<VALUES><OPTION name="o" value="1"><OPTION value="2"/></OPTION></VALUES>',
  '<LINK href="https://example.org/?a=b&amp;c=d" action="rdf"/>'
];

function innerElements(random) {
  return random.pick(INNER);
}

/** The FIELD element. */
export function fieldElement({ name, datatype, arraysize, more, inner }) {
  const size = arraysize === null ? '' : ` arraysize="${arraysize}"`;
  return `<FIELD name="${name}" datatype="${datatype}"${size}${more}>${inner}</FIELD>`;
}

/**
 * As many rows as it takes for about `size` bytes of a document.
 *
 * @returns the content of DATA and the number of rows
 */
export function randomRows(random, fields, serialization, size) {
  const write = serialization === 'TABLEDATA' ? tableRow : binaryRow;
  const rows = [];
  for (let left = size; left > 0 && rows.length < MOST_ROWS;) {
    const cells = fields.map(field => randomCell(random, field));
    const row = write(cells, serialization);
    rows.push(row);
    left -= row.length;
  }
  const content =
    serialization === 'TABLEDATA' ? rows.join('\n') : stream(rows.flat(), random);
  const data = `<${serialization}>${content}</${serialization}>`;
  return { data, count: rows.length };
}

function tableRow(cells) {
  const tds = cells.map(({ text, isNull }) =>
    isNull ? '<TD/>' : `<TD>${text.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</TD>`
  );
  return `<TR>${tds.join('')}</TR>`;
}

/** In BINARY2 with a bit a cell before it, set for null (VOTable 1.4 §5.4). */
function binaryRow(cells, serialization) {
  const bytes = cells.flatMap(cell => cell.bytes);
  return serialization === 'BINARY2'
    ? [...packed(cells.map(cell => cell.isNull)), ...bytes]
    : bytes;
}

function stream(bytes, random) {
  const lines = random.pick(['', '\n', '\r\n', '\n   ']);
  const base64 = Buffer.from(bytes).toString('base64');
  const broken = lines === '' ? base64 : base64.replace(/.{76}/g, `$&${lines}`);
  return `<STREAM encoding="base64">${broken}</STREAM>`;
}

/** A cell with its text, its bytes in BINARY, and whether it is null. */
function randomCell(random, field) {
  const { datatype, arraysize, isText, countsCharacters } = field;
  const isVariable = arraysize?.endsWith('*') ?? false;
  const count = isVariable ? variableCount(random, arraysize) : fixedCount(arraysize);
  const values = randomValues(random, TYPES[datatype], count);
  const bytes =
    datatype === 'bit'
      ? packed(values.map(value => value.text))
      : values.flatMap(value => value.bytes);
  const told = countsCharacters ? values.length : count;
  return {
    text: values.map(value => value.text).join(isText ? '' : ' '),
    bytes: isVariable ? [...bigEndian(told, 4), ...bytes] : bytes,
    isNull: random.chance(0.1)
  };
}

function randomValues(random, make, count) {
  const values = [];
  for (let room = count; room > 0;) {
    const value = make(random, room);
    values.push(value);
    room -= value.units;
  }
  return values;
}

function fixedCount(arraysize) {
  return (arraysize ?? '1').split('x').reduce((product, axis) => product * axis, 1);
}

function variableCount(random, arraysize) {
  return arraysize === '2x*' ? random.below(4) * 2 : random.below(6);
}
