/** A direction in ICRS, degrees. */
export interface IPosition {
  /** Right ascension, 0 ≤ ra < 360. */
  readonly ra: number;
  /** Declination, −90 ≤ dec ≤ 90. */
  readonly dec: number;
}

/**
 * Read a position as astronomers type it: degrees, sexagesimal hours and degrees with
 * colons, blanks or unit letters, or galactic `l b gal`; comma or blank between the two,
 * any minus sign.
 *
 * @returns null when the text is no position (it may be the name of a target)
 */
export function parsePosition(text: string): IPosition | null {
  const reading = read(text);
  return reading !== null && 'ra' in reading ? reading : null;
}

/**
 * Why a text that has the form of a position is none: one sentence, or null when it is a
 * position or has another form.
 */
export function explainPosition(text: string): string | null {
  const reading = read(text);
  return reading !== null && 'problem' in reading ? reading.problem : null;
}

/**
 * Galactic to ICRS.
 *
 * @param l - galactic longitude, degrees
 * @param b - galactic latitude, degrees
 */
export function galacticToIcrs(l: number, b: number): IPosition {
  const [lon, lat] = [l * RADIAN, b * RADIAN];
  const galactic = [
    Math.cos(lat) * Math.cos(lon),
    Math.cos(lat) * Math.sin(lon),
    Math.sin(lat)
  ];
  const [x, y, z] = [0, 1, 2].map(column =>
    GALACTIC.reduce((sum, row, index) => sum + row[column] * galactic[index], 0)
  );
  return {
    ra: wrap(Math.atan2(y, x) / RADIAN),
    dec: Math.atan2(z, Math.hypot(x, y)) / RADIAN
  };
}

/** Degrees for the screen: fixed decimals, U+2212 as minus. */
export function formatDegrees(value: number, decimals = 5): string {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? `\u2212${text}` : text;
}

/** A position for the screen in hours and degrees: `03:42:59.21 −32:17:10.3`. */
export function formatSexagesimal({ ra, dec }: IPosition): string {
  return `${formatHours(ra)} ${formatArc(dec)}`;
}

/** A right ascension in degrees for the screen, in hours: `03:42:59.21`. */
export function formatHours(ra: number): string {
  const seconds = Math.round((wrap(ra) / 15) * 3600 * 100) / 100;
  return sexagesimal(seconds % (24 * 3600), 2);
}

/** A declination in degrees for the screen, always with its sign: `−32:17:10.3`. */
export function formatArc(dec: number): string {
  const arcseconds = Math.round(Math.abs(dec) * 3600 * 10) / 10;
  const sign = dec < 0 && arcseconds !== 0 ? '\u2212' : '+';
  return `${sign}${sexagesimal(arcseconds, 1)}`;
}

const RADIAN = Math.PI / 180;

/** Rows: galactic axes in ICRS (The Hipparcos and Tycho Catalogues, vol. 1, eq. 1.5.11). */
const GALACTIC = [
  [-0.0548755604, -0.8734370902, -0.4838350155],
  [0.4941094279, -0.44482963, 0.7469822445],
  [-0.867666149, -0.1980763734, 0.4559837762]
];

const DECIMAL = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?(?:\s*(?:deg|d))?`;
const COLON = String.raw`[+-]?\d{1,3}:\d{1,2}(?:\.\d*|:\d{1,2}(?:\.\d*)?)?`;
const SECONDS = String.raw`\d{1,2}\s*m(?:\s*\d{1,2}(?:\.\d*)?\s*s?)?`;
const HOURS = String.raw`[+-]?\d{1,3}\s*h\s*${SECONDS}`;
const DEGREES = String.raw`[+-]?\d{1,3}\s*d\s*${SECONDS}`;
const BLANKS = String.raw`[+-]?\d{1,3}\s+\d{1,2}\s+\d{1,2}(?:\.\d*)?`;
const GAP = String.raw`(?:\s*,\s*|\s+)`;
/** Sexagesimal halves may touch: the sign of the second one parts them. */
const TOUCHING = String.raw`(?:${GAP}|(?=[+-]))`;

const FORMS = [
  new RegExp(`^(${DECIMAL})${GAP}(${DECIMAL})$`),
  new RegExp(`^(${COLON}|${HOURS}|${DEGREES})${TOUCHING}(${COLON}|${DEGREES})$`),
  new RegExp(`^(${BLANKS})${TOUCHING}(${BLANKS})$`)
];

/** No position is longer; the forms take long to say so of an endless one. */
const LONGEST = 200;

type Reading = IPosition | { readonly problem: string };

function read(text: string): Reading | null {
  if (text.length > LONGEST) {
    return null;
  }
  const { plain, galactic } = normalise(text);
  const match = FORMS.map(form => form.exec(plain)).find(found => found !== null);
  if (!match) {
    return null;
  }
  const [first, second] = [angle(match[1]), angle(match[2])];
  if (first === null || second === null) {
    return { problem: 'Minutes and seconds must be below 60.' };
  }
  if (galactic) {
    return readGalactic(first.value, second.value);
  }
  return readEquatorial(
    first.sexagesimal ? first.value * 15 : first.value,
    second.value
  );
}

function readEquatorial(ra: number, dec: number): Reading {
  if (ra < 0 || ra > 360) {
    return { problem: 'Right ascension must be between 0 and 360 deg.' };
  }
  if (Math.abs(dec) > 90) {
    return { problem: 'Declination must be between -90 and 90 deg.' };
  }
  return { ra: wrap(ra), dec };
}

function readGalactic(l: number, b: number): Reading {
  if (l < -180 || l > 360) {
    return { problem: 'Galactic longitude must be between 0 and 360 deg.' };
  }
  if (Math.abs(b) > 90) {
    return { problem: 'Galactic latitude must be between -90 and 90 deg.' };
  }
  return galacticToIcrs(l, b);
}

/** One way to write signs, blanks and units; the name of the frame taken off. */
function normalise(text: string): { plain: string; galactic: boolean } {
  const plain = text
    .toLowerCase()
    .replace(/[\u2212\u2010-\u2015]/g, '-')
    .replace(/\u00b0/g, 'd')
    .replace(/[\u2032']/g, 'm')
    .replace(/[\u2033"]/g, 's')
    .replace(/\s+/g, ' ')
    .trim();
  const frame = /^(.*?) ?\b(gal|galactic|icrs|j2000)$/.exec(plain);
  return {
    plain: frame ? frame[1] : plain,
    galactic: frame !== null && frame[2].startsWith('gal')
  };
}

/**
 * One half of a position. `sexagesimal` is true where a right ascension so written counts
 * hours; with a `d` it counts degrees.
 */
function angle(text: string): { value: number; sexagesimal: boolean } | null {
  const parts = text.match(/\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?/g) ?? [];
  const [whole, minutes = 0, seconds = 0] = parts.map(Number);
  if (minutes >= 60 || seconds >= 60) {
    return null;
  }
  const size = whole + minutes / 60 + seconds / 3600;
  return {
    value: text.startsWith('-') ? -size : size,
    sexagesimal: parts.length > 1 && !text.includes('d')
  };
}

/** Into 0 ≤ degrees < 360, without touching the digits of what is there already. */
function wrap(degrees: number): number {
  return degrees >= 0 && degrees < 360 ? degrees : ((degrees % 360) + 360) % 360;
}

function sexagesimal(seconds: number, decimals: number): string {
  const scale = 10 ** decimals;
  const ticks = Math.round(seconds * scale);
  const minutes = Math.floor(ticks / (60 * scale));
  const rest = ((ticks % (60 * scale)) / scale).toFixed(decimals);
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}:${rest.padStart(decimals + 3, '0')}`;
}
