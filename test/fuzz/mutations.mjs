/**
 * Ways to damage a document. Each takes bytes and a random source and gives bytes; one
 * that finds nothing to work on gives the bytes as they are.
 */

const latin1 = bytes => Buffer.from(bytes).toString('latin1');
const bytesOf = text => new Uint8Array(Buffer.from(text, 'latin1'));

/** Replaces one hit of the pattern, chosen at random. */
function replaceOne(bytes, random, pattern, replace) {
  const text = latin1(bytes);
  const hits = [...text.matchAll(pattern)];
  if (hits.length === 0) {
    return bytes;
  }
  const hit = random.pick(hits);
  const end = hit.index + hit[0].length;
  return bytesOf(text.slice(0, hit.index) + replace(hit) + text.slice(end));
}

function flipBytes(bytes, random) {
  const copy = bytes.slice();
  for (let times = random.between(1, 4); times > 0; times--) {
    copy[random.below(copy.length)] ^= 1 << random.below(8);
  }
  return copy;
}

function cutEnd(bytes, random) {
  return bytes.subarray(0, random.below(bytes.length));
}

function cutOut(bytes, random) {
  const start = random.below(bytes.length);
  const length = random.between(1, random.chance(0.5) ? 8 : bytes.length);
  const end = Math.min(bytes.length, start + length);
  return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
}

function swapPieces(bytes, random) {
  const [a, b, c] = [0, 0, 0].map(() => random.below(bytes.length)).sort(ascending);
  return Buffer.concat([
    bytes.subarray(0, a),
    bytes.subarray(b, c),
    bytes.subarray(a, b),
    bytes.subarray(c)
  ]);
}

function duplicateTag(bytes, random) {
  return replaceOne(bytes, random, /<[^<>]+>/g, ([tag]) => tag + tag);
}

function dropTag(bytes, random) {
  return replaceOne(bytes, random, /<[^<>]+>/g, () => '');
}

function renameTag(bytes, random) {
  const names = ['TR', 'TD', 'TABLE', 'STREAM', 'BINARY2', 'RESOURCE', 'x:DATA', 'B'];
  const rename = ([, slash]) => `<${slash}${random.pick(names)}`;
  return replaceOne(bytes, random, /<(\/?)[A-Za-z][\w:.-]*/g, rename);
}

const STRAYS = [
  '&',
  '<',
  '&x;',
  '&#0;',
  '<!DOCTYPE a>',
  ']]>',
  '<!--',
  '\u0000',
  '\xff'
];

function insertStray(bytes, random) {
  return insertAt(bytes, random.below(bytes.length), random.pick(STRAYS));
}

/** What stands in text and takes nothing from its being well-formed. */
const HARMLESS = [
  '&amp;',
  '&lt;',
  '&#65;',
  '&#x1F600;',
  '<!-- a < b & c -->',
  '<![CDATA[<TD>&]]>',
  '<?note <TR> ?>',
  '\n\t ',
  'NaN',
  '-1e999',
  '99999999999999999999',
  '\xc3\xa9'
];

function insertHarmless(bytes, random) {
  const more = random.pick(HARMLESS);
  return replaceOne(bytes, random, /<\/?[A-Z]\w*(?:\s[^<>]*)?\/?>/g, tag =>
    // Nothing may stand outside of the root.
    /VOTABLE/.test(tag[0]) ? tag[0] : random.chance(0.5) ? tag[0] + more : more + tag[0]
  );
}

function changeText(bytes, random) {
  const words = ['', ' ', 'T', '0', '-0', '1e400', 'Inf', '1 2 3', '0x7F', 'é', '?'];
  const change = () => `>${random.pick(words)}<`;
  return replaceOne(bytes, random, />[^<>&]+</g, change);
}

const VALUES = [
  ...['', '*', '0', '1', '7', '2x*', '3x2', '999999999', '1000000000x*', '4294967297'],
  ...['99999999999999999999', '-1', 'x', '64*', 'bit', 'char', 'double', 'long', 'OK'],
  ...['unicodeChar', 'floatComplex', 'OVERFLOW', 'ERROR', 'gzip', 'results', '&#10;']
];

function changeAttribute(bytes, random) {
  const change = ([, name]) => `${name}="${random.pick(VALUES)}"`;
  return replaceOne(bytes, random, /(\s[A-Za-z_:]+)="[^"<>]*"/g, change);
}

/** Columns and rows are where structure matters most. */
function repeatElement(bytes, random) {
  const repeat = ([element]) => element.repeat(random.between(0, 3));
  return replaceOne(bytes, random, /<(FIELD|TR|TD|INFO)\b[^]*?<\/\1>/g, repeat);
}

const COUNTS = [0, 1, 2, 255, 65536, 0x7fffffff, 0x80000000, 0xffffffff, 0x10000];

/** Writes a length, or what is taken for one, into the bytes of a STREAM. */
function editStream(bytes, random) {
  return replaceOne(bytes, random, /(<STREAM[^>]*>)([^<]+)/g, ([, tag, base64]) => {
    const data = Buffer.from(base64, 'base64');
    if (data.length < 4) {
      return tag + base64;
    }
    const at = random.below(data.length - 3);
    data.writeUInt32BE(random.pick(COUNTS), at);
    return tag + data.toString('base64');
  });
}

function resizeStream(bytes, random) {
  return replaceOne(bytes, random, /(<STREAM[^>]*>)([^<]+)/g, ([, tag, base64]) => {
    const data = Buffer.from(base64, 'base64');
    const kept = data.subarray(0, random.below(data.length + 1));
    const more = Buffer.alloc(random.below(9), random.below(256));
    return tag + Buffer.concat([kept, more]).toString('base64');
  });
}

function insertAt(bytes, at, text) {
  return Buffer.concat([bytes.subarray(0, at), bytesOf(text), bytes.subarray(at)]);
}

const ascending = (a, b) => a - b;

/** Mutations that leave a well-formed document well-formed. */
export const GENTLE = [
  insertHarmless,
  changeText,
  changeAttribute,
  repeatElement,
  editStream,
  resizeStream
];

/** Mutations that may leave anything. */
export const ROUGH = [
  flipBytes,
  cutEnd,
  cutOut,
  swapPieces,
  duplicateTag,
  dropTag,
  renameTag,
  insertStray
];

/** One to three mutations; in half of the documents only gentle ones. */
export function mutate(bytes, random) {
  const choice = random.chance(0.5) ? GENTLE : [...GENTLE, ...ROUGH];
  let result = bytes;
  for (let times = random.between(1, 3); times > 0 && result.length > 0; times--) {
    result = random.pick(choice)(result, random);
  }
  return new Uint8Array(result);
}
