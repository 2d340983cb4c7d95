/** Whole documents made at random: the same table in each serialization. */
import { fieldElement, randomField, randomRows } from './rows.mjs';

/** The serializations, in the order in which cases take turns. */
export const SERIALIZATIONS = ['TABLEDATA', 'BINARY', 'BINARY2'];

/** Documents below this size are no test of a reader that works in pieces. */
export const SMALLEST = 1024;

const NAMESPACE = 'http://www.ivoa.net/xml/VOTable/v1.3';

/** How the elements are named: without a namespace, in the default one, with a prefix. */
const NAMESPACES = [
  ['', ''],
  ['', ` xmlns="${NAMESPACE}"`],
  ['', ` xmlns="${NAMESPACE}"`],
  ['vot:', ` xmlns:vot="${NAMESPACE}"`]
];

const PARAM =
  '<PARAM name="ID" datatype="char" arraysize="*" ref="c1" value="a&amp;b"/>';

/** What stands between the head of a RESOURCE and its table. */
const BEFORE = [
  ...['', '', '', ''],
  '<DESCRIPTION>Made at random\nand not by chance</DESCRIPTION>',
  '<!-- a comment with <TR> & more -->',
  '<COOSYS ID="sys" system="ICRS"/><TIMESYS ID="t" timescale="TT" refposition="TOPOCENTER"/>',
  `<GROUP name="g" ID="g1"><GROUP>${PARAM}</GROUP><FIELDref ref="c1"/></GROUP>${PARAM}`,
  '<INFO name="QUERY" value="SELECT &quot;a&quot;&#10;FROM b"><![CDATA[1 < 2 & 3]]></INFO>'
];

const SERVICE =
  '<RESOURCE type="meta" utype="adhoc:service" ID="soda">' +
  '<PARAM name="accessURL" datatype="char" arraysize="*" value="https://example.org/s"/>' +
  `<GROUP name="inputParams">${PARAM}<PARAM name="CIRCLE" datatype="double" ` +
  'arraysize="3" value=""><VALUES><MIN value="0"/><MAX value="9 9 9"/></VALUES></PARAM>' +
  '</GROUP></RESOURCE>';

/** What DALI wants before the table, and many services leave out. */
const STATUS = [
  ...['', ''],
  '<INFO name="QUERY_STATUS" value="OK">Made at random &amp; not by chance</INFO>\n'
];

/** What stands behind the table in its RESOURCE. */
const BEHIND = [
  ...['', '', '', ''],
  '<INFO name="QUERY_STATUS" value="OVERFLOW"/>',
  '<INFO name="QUERY_STATUS" value="ERROR">The disk is full</INFO>',
  `<INFO name="note" value="1"/>${SERVICE}`
];

/** Bytes of rows: mostly few, so that many documents can be read. */
const ROW_BYTES = [600, 900, 1500, 2200];
const MANY_ROW_BYTES = 16_000;

/**
 * A document of at least 1 kB with one to three tables. With the same random source it
 * has the same fields and cells in each serialization, though not as many rows.
 *
 * @returns its text
 */
export function randomTable(random, serialization) {
  const [prefix, namespace] = random.pick(NAMESPACES);
  const [before, status, behind] = [BEFORE, STATUS, BEHIND].map(all =>
    random.pick(all)
  );
  const parts = Array.from({ length: random.chance(0.06) ? 3 : 1 }, () => ({
    fields: randomFields(random),
    nested: random.chance(0.3)
  }));
  const isLarge = random.chance(0.04);
  const size = isLarge ? MANY_ROW_BYTES : random.pick(ROW_BYTES);
  // From here on the length of what is drawn depends on the serialization.
  const tables = parts.map(({ fields, nested }, at) => {
    const table = tableElement(random, fields, serialization, size / (at + 1));
    return nested ? `<RESOURCE name="inner">${table}</RESOURCE>` : table;
  });
  const text =
    `<VOTABLE version="1.4"${namespace}>\n<RESOURCE type="results">\n${before}\n` +
    `${status}${tables.join('\n')}\n${behind}\n</RESOURCE>\n</VOTABLE>\n`;
  const named = prefix === '' ? text : prefixed(text, prefix);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${named}`.padEnd(SMALLEST);
}

function prefixed(text, prefix) {
  return text.replace(
    /<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|(<\/?)([A-Z])/g,
    (whole, open, letter) => (open === undefined ? whole : open + prefix + letter)
  );
}

function randomFields(random) {
  const count = random.chance(0.03) ? random.between(7, 30) : random.between(1, 5);
  const fields = Array.from({ length: count }, () => randomField(random));
  // Without at least one value a row of BINARY would take no bytes at all.
  fields[0].arraysize = null;
  return fields;
}

function tableElement(random, fields, serialization, size) {
  const { data, count } = randomRows(random, fields, serialization, size);
  const head = fields.map(fieldElement).join('\n');
  return `<TABLE name="random" nrows="${count}">\n${head}\n<DATA>${data}</DATA>\n</TABLE>`;
}
