/**
 * Tables made at random: any datatype × arraysize, the same rows in each serialization.
 */

/** The serializations, in the order in which cases take turns. */
export const SERIALIZATIONS = ['TABLEDATA', 'BINARY', 'BINARY2'];

const SMALLEST = 1024;

/**
 * For each datatype how a random value is made, as text for TABLEDATA and as bytes.
 * `bit` has no bytes of its own: eight share one.
 */
const TYPES = {
  boolean: random => either(random, ['T', 'F', '?']),
  bit: random => ({ text: random.pick(['0', '1']), bytes: [] }),
  unsignedByte: random => integer(random.below(256), 1),
  short: random => integer(random.below(65536) - 32768, 2),
  int: random => integer(random.next() | 0, 4),
  long: random => integer((random.next() | 0) * 2 ** random.below(21), 8),
  float: random => real(random, 4),
  double: random => real(random, 8),
  floatComplex: random => pair(real(random, 4), real(random, 4)),
  doubleComplex: random => pair(real(random, 8), real(random, 8)),
  char: random => either(random, ['a', 'Z', '7', ' ', '+', '.']),
  unicodeChar: random => {
    const text = random.pick(['a', 'é', 'Ω', '星', ' ', '7']);
    const code = text.charCodeAt(0);
    return { text, bytes: [code >> 8, code & 255] };
  }
};

const SIZES = [null, null, '*', '3', '5*', '2x3', '2x*', '1', '0', '64', '65'];

/**
 * A document of at least 1 kB with one table.
 *
 * @returns its text
 */
export function randomTable(random, serialization) {
  const fields = Array.from({ length: random.between(1, 9) }, () =>
    randomField(random)
  );
  // Without at least one value a row of BINARY would take no bytes at all.
  fields[0].arraysize = null;
  const rows = [];
  const head = fields.map(fieldElement).join('\n');
  let size = head.length;
  while (size < SMALLEST && rows.length < 400) {
    const row = fields.map(field => randomCell(random, field));
    size += row.reduce((sum, cell) => sum + cell.bytes.length + 2, 0);
    rows.push(row);
  }
  const data = rowsAs(serialization, rows);
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n<VOTABLE version="1.4" ' +
    'xmlns="http://www.ivoa.net/xml/VOTable/v1.3">\n<RESOURCE type="results">\n' +
    '<INFO name="QUERY_STATUS" value="OK">Made at random &amp; not by chance</INFO>\n' +
    `<TABLE name="random" nrows="${rows.length}">\n${head}\n<DATA>${data}</DATA>\n` +
    '</TABLE>\n<INFO name="QUERY_STATUS" value="OVERFLOW"/>\n</RESOURCE>\n</VOTABLE>\n'
  ).padEnd(SMALLEST);
}

function rowsAs(serialization, rows) {
  if (serialization === 'TABLEDATA') {
    const lines = rows.map(row => `<TR>${row.map(tableCell).join('')}</TR>`);
    return `<TABLEDATA>\n${lines.join('\n')}\n</TABLEDATA>`;
  }
  const flagged = serialization === 'BINARY2';
  const bytes = rows.flatMap(row => [
    ...(flagged ? flags(row) : []),
    ...row.flatMap(cell => cell.bytes)
  ]);
  const base64 = Buffer.from(bytes).toString('base64').replace(/.{76}/g, '$&\n');
  const stream = `<STREAM encoding="base64">${base64}</STREAM>`;
  return `<${serialization}>${stream}</${serialization}>`;
}

function randomField(random) {
  const datatype = random.pick(Object.keys(TYPES));
  const arraysize = random.pick(SIZES);
  return {
    name: `c${random.below(1e6)}`,
    datatype,
    arraysize,
    isText: datatype === 'char' || datatype === 'unicodeChar',
    magic: random.chance(0.1) ? '-1' : null
  };
}

function fieldElement({ name, datatype, arraysize, magic }) {
  const size = arraysize === null ? '' : ` arraysize="${arraysize}"`;
  const values = magic === null ? '' : `<VALUES null="${magic}"/>`;
  return `<FIELD name="${name}" datatype="${datatype}"${size}>${values}</FIELD>`;
}

/** A cell with its text, its bytes in BINARY, and whether it is null. */
function randomCell(random, { datatype, arraysize, isText }) {
  const isVariable = arraysize?.endsWith('*') ?? false;
  const count = isVariable ? variableCount(random, arraysize) : fixedCount(arraysize);
  const values = Array.from({ length: count }, () => TYPES[datatype](random));
  const bytes =
    datatype === 'bit' ? packed(values) : values.flatMap(value => value.bytes);
  return {
    text: values.map(value => value.text).join(isText ? '' : ' '),
    bytes: isVariable ? [...bigEndian(count, 4), ...bytes] : bytes,
    isNull: random.chance(0.1)
  };
}

function fixedCount(arraysize) {
  return (arraysize ?? '1').split('x').reduce((product, axis) => product * axis, 1);
}

function variableCount(random, arraysize) {
  return arraysize === '2x*' ? random.below(4) * 2 : random.below(6);
}

function tableCell({ text, isNull }) {
  return isNull ? '<TD/>' : `<TD>${text}</TD>`;
}

/** One bit a cell, set for null (VOTable 1.4 §5.4). */
function flags(row) {
  return packed(row.map(({ isNull }) => ({ text: isNull ? '1' : '0' })));
}

/** Bits from the most significant on. */
function packed(bits) {
  const bytes = new Array(Math.ceil(bits.length / 8)).fill(0);
  bits.forEach(({ text }, at) => {
    bytes[at >> 3] |= Number(text) << (7 - (at & 7));
  });
  return bytes;
}

function either(random, texts) {
  const text = random.pick(texts);
  return { text, bytes: [text.charCodeAt(0)] };
}

function integer(value, size) {
  return { text: BigInt(value).toString(), bytes: bigEndian(value, size) };
}

function real(random, size) {
  const special = random.chance(0.1);
  const value = special
    ? random.pick([NaN, Infinity, -Infinity, 0, 5e-324])
    : ((random.next() | 0) / 997) * 10 ** random.between(-20, 20);
  const bytes = Buffer.alloc(size);
  if (size === 4) {
    bytes.writeFloatBE(value);
  } else {
    bytes.writeDoubleBE(value);
  }
  const text = Number.isFinite(value) ? String(value) : infinite(value);
  return { text, bytes: [...bytes] };
}

/** As VOTable spells them (§6). */
function infinite(value) {
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}

function pair(a, b) {
  return { text: `${a.text} ${b.text}`, bytes: [...a.bytes, ...b.bytes] };
}

function bigEndian(value, size) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return [...bytes.subarray(8 - size)];
}
