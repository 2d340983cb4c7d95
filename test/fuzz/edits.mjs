/**
 * Ways to damage a document. Each takes an `original` and a random source and gives an
 * edit `{ start, end, bytes }`, or null where it finds nothing to work on.
 */

const bytesOf = text => Buffer.from(text, 'latin1');
const NOTHING = bytesOf('');

/** One edit of this place; a string is written as Latin-1. */
function replace(place, content) {
  if (place === undefined) {
    return null;
  }
  const bytes = typeof content === 'string' ? bytesOf(content) : content;
  return { start: place.start, end: place.end, bytes };
}

/** What stands in text and takes nothing from its being well-formed. */
const HARMLESS = [
  ...['&amp;', '&lt;', '&#65;', '&#x1F600;', '<!-- a < b & c -->', '<?note <TR> ?>'],
  ...['<![CDATA[<TD>&]]>', '<![CDATA[AAAA]]>', '<!---->', '\n\t ', '\r\n', '\xc3\xa9'],
  ...['NaN', '-1e999', '99999999999999999999', '\xf0\x9f\x98\x80', 'AA==']
].map(bytesOf);

function insertHarmless({ inside }, random) {
  const at = random.pick(inside);
  return at === undefined ? null : { start: at, end: at, bytes: random.pick(HARMLESS) };
}

const WORDS = [
  ...[
    '',
    ' ',
    'T',
    '0',
    '-0',
    '1e400',
    'Inf',
    '1 2 3',
    '0x7F',
    '?',
    '007',
    '+1',
    '1d5'
  ],
  ...[
    '9223372036854775808',
    '1.7976931348623159e308',
    '4.9e-324',
    '1,5',
    'null',
    '--1'
  ],
  ...['\xc3\xa9', '&#xD7;', '&amp;amp;', '0.1000000000000000055511151231257827']
].map(bytesOf);

function changeText({ texts }, random) {
  return replace(random.pick(texts), random.pick(WORDS));
}

/** White space within a text; a text with references is left alone, as it might cut one. */
function insertBlank({ bytes, texts }, random) {
  const place = random.pick(texts);
  if (place === undefined || bytes.subarray(place.start, place.end).includes(0x26)) {
    return null;
  }
  const at = random.between(place.start, place.end - 1);
  // Not inside a character of UTF-8.
  const isInCharacter = (bytes[at] & 0xc0) === 0x80;
  return isInCharacter
    ? null
    : replace({ start: at, end: at }, random.pick([' ', '\r\n']));
}

const VALUES = [
  ...['', '*', '0', '1', '7', '2x*', '3x2', '999999999', '1000000000x*', '4294967297'],
  ...['99999999999999999999', '-1', 'x', '64*', 'bit', 'char', 'double', 'long', 'OK'],
  ...['unicodeChar', 'floatComplex', 'OVERFLOW', 'ERROR', 'gzip', 'results', '&#10;'],
  ...[
    'boolean',
    'short',
    'float',
    '2',
    '3',
    '65',
    'base64',
    'QUERY_STATUS',
    'int',
    '-0'
  ]
].map(bytesOf);

function changeAttribute({ values }, random) {
  return replace(random.pick(values), random.pick(VALUES));
}

/** Columns and rows are where structure matters most. */
function repeatElement({ bytes, elements }, random) {
  const place = random.pick(elements);
  const whole = place && bytes.subarray(place.start, place.end);
  return replace(
    place,
    whole && Buffer.concat(Array(random.pick([0, 2, 3])).fill(whole))
  );
}

const COUNTS = [0, 1, 2, 255, 65536, 0x7fffffff, 0x80000000, 0xffffffff, 0x10000];

/** Writes a length, or what is taken for one, into the bytes of a STREAM. */
function editStream({ streams }, random) {
  return changeStream(random.pick(streams), data => {
    const copy = Buffer.from(data);
    copy.writeUInt32BE(random.pick(COUNTS), random.below(copy.length - 3));
    return copy;
  });
}

function flipStream({ streams }, random) {
  return changeStream(random.pick(streams), data => {
    const copy = Buffer.from(data);
    copy[random.below(copy.length)] ^= 1 << random.below(8);
    return copy;
  });
}

function resizeStream({ streams }, random) {
  return changeStream(random.pick(streams), data => {
    const kept = data.subarray(0, random.below(data.length + 1));
    return Buffer.concat([kept, Buffer.alloc(random.below(9), random.below(256))]);
  });
}

function changeStream(place, change) {
  return place === undefined || place.data.length < 4
    ? null
    : replace(place, change(place.data).toString('base64'));
}

function flipByte({ bytes }, random) {
  const at = random.below(bytes.length);
  const byte = bytes[at] ^ (1 << random.below(8));
  return { start: at, end: at + 1, bytes: Buffer.of(byte) };
}

function cutEnd({ bytes }, random) {
  return { start: random.below(bytes.length), end: bytes.length, bytes: NOTHING };
}

function cutOut({ bytes }, random) {
  const start = random.below(bytes.length);
  const length = random.between(1, random.chance(0.7) ? 8 : bytes.length);
  return { start, end: Math.min(bytes.length, start + length), bytes: NOTHING };
}

function swapPieces({ bytes }, random) {
  const [a, b, c] = [0, 0, 0].map(() => random.below(bytes.length)).sort(ascending);
  const swapped = Buffer.concat([bytes.subarray(b, c), bytes.subarray(a, b)]);
  return { start: a, end: c, bytes: swapped };
}

function repeatTag({ bytes, tags }, random) {
  const place = random.pick(tags);
  const tag = place && bytes.subarray(place.start, place.end);
  return replace(
    place,
    tag && (random.chance(0.5) ? Buffer.concat([tag, tag]) : NOTHING)
  );
}

const NAMES = ['TR', 'TD', 'TABLE', 'STREAM', 'BINARY2', 'RESOURCE', 'x:DATA', 'B'];

function renameTag({ tags }, random) {
  return replace(random.pick(tags)?.name, random.pick(NAMES));
}

const STRAYS = [
  ...['&', '<', '>', '"', '&x;', '&#0;', '<!DOCTYPE a>', ']]>', '<!--', '<![CDATA['],
  ...['\u0000', '\xff', '\xed\xa0\x80', '<?xml version="1.0"?>', '<VOTABLE>', '</TR>']
].map(bytesOf);

function insertStray({ bytes }, random) {
  const at = random.below(bytes.length);
  return { start: at, end: at, bytes: random.pick(STRAYS) };
}

const ascending = (a, b) => a - b;

/** Edits that leave a well-formed document well-formed. */
export const GENTLE = [
  ...[insertHarmless, changeText, insertBlank, changeAttribute, repeatElement],
  ...[editStream, flipStream, resizeStream]
];

/** Edits that may leave anything. */
export const ROUGH = [
  ...[flipByte, cutEnd, cutOut, swapPieces, repeatTag, renameTag, insertStray]
];

/**
 * One to three edits that do not touch each other, in their order; in half of the cases
 * only gentle ones.
 */
export function randomEdits(document, random) {
  const isGentle = random.chance(0.5);
  const wanted = random.between(1, 3);
  const edits = [];
  // A document may have nothing for some edits to work on.
  for (let tries = 12; tries > 0 && edits.length < wanted; tries--) {
    const kind = isGentle || random.chance(0.4) ? GENTLE : ROUGH;
    const edit = random.pick(kind)(document, random);
    if (edit !== null && !edits.some(other => touches(edit, other))) {
      edits.push(edit);
    }
  }
  return { isGentle, edits: edits.sort((a, b) => a.start - b.start) };
}

function touches(a, b) {
  return a.start <= b.end && b.start <= a.end;
}

/**
 * The document with these edits.
 *
 * @returns `bytes`, and `places`: where each edit begins in them
 */
export function applyEdits(bytes, edits) {
  const parts = [];
  const places = [];
  let from = 0;
  let length = 0;
  for (const edit of edits) {
    parts.push(bytes.subarray(from, edit.start), edit.bytes);
    length += edit.start - from;
    places.push(length);
    length += edit.bytes.length;
    from = edit.end;
  }
  parts.push(bytes.subarray(from));
  return { bytes: Buffer.concat(parts), places };
}
