import { unquoteName } from '../../protocol/adql/index.js';
import type { FieldControl, IFormField, IFormProfile } from '../../protocol/form.js';
import type { IColumnDescription } from '../../protocol/vosi.js';

/** Columns that a service calls principal and that are shown without “More fields”. */
const MOST_IN_SIGHT = 4;

/** More fields than the widest catalogues have would be a burden and no help. */
const MOST_FIELDS = 5000;

/**
 * Fields for columns that no profile knows, by what the service says of them; the first
 * 5,000 of them.
 */
export function extraFields(
  columns: readonly IColumnDescription[]
): readonly IFormField[] {
  const prefixes = surveyPrefixes(columns.map(({ name }) => unquoteName(name)));
  let inSight = 0;
  return columns
    .slice(0, MOST_FIELDS)
    .flatMap(column => {
      const how = howToAsk(column);
      return how === null ? [] : [{ column, how }];
    })
    .map(({ column, how }) => {
      const shown = column.principal && inSight < MOST_IN_SIGHT;
      inSight += shown ? 1 : 0;
      return {
        column: column.name,
        label: labelOf(unquoteName(column.name), prefixes),
        ...how,
        unit: column.unit,
        description: column.description,
        more: !shown
      };
    });
}

/** Position and key of a table as its columns' UCDs tell them. */
export function describedAxes(
  columns: readonly IColumnDescription[]
): Pick<IFormProfile, 'position' | 'key'> {
  const by = (ucd: string): string | null =>
    columns.find(column => column.ucd?.toLowerCase() === ucd)?.name ?? null;
  const [ra, dec] = [by('pos.eq.ra;meta.main'), by('pos.eq.dec;meta.main')];
  return {
    position: ra !== null && dec !== null ? { ra, dec, region: null } : null,
    key: by('meta.id;meta.main')
  };
}

interface IHow {
  readonly control: FieldControl;
  readonly values: IFormField['values'];
}

const WHOLE = ['unsignedByte', 'short', 'int', 'long'];
const REAL = ['float', 'double'];
const TEXT = ['char', 'unicodeChar'];

/** Null for columns whose values nobody types: arrays, shapes, flags, addresses. */
function howToAsk(column: IColumnDescription): IHow | null {
  const { datatype, arraysize, xtype, ucd } = column;
  if (datatype === null || /^meta\.ref\.url/i.test(ucd ?? '')) {
    return null;
  }
  if (TEXT.includes(datatype)) {
    return howToAskText(xtype);
  }
  if (arraysize !== null || xtype !== null) {
    return null;
  }
  if (WHOLE.includes(datatype) && /^meta\.id/i.test(ucd ?? '')) {
    return { control: 'text', values: 'number' };
  }
  return [...WHOLE, ...REAL].includes(datatype)
    ? { control: 'range', values: 'number' }
    : null;
}

function howToAskText(xtype: string | null): IHow | null {
  if (xtype === null) {
    return { control: 'choice', values: 'text' };
  }
  return /(^|:)timestamp$/i.test(xtype) ? { control: 'range', values: 'time' } : null;
}

/** “Band (lsst_band)”. */
function labelOf(name: string, prefixes: ReadonlySet<string>): string {
  const prefix = prefixOf(name);
  const plain = prefixes.has(prefix) ? name.slice(prefix.length) : name;
  const words = plain.replaceAll('_', ' ').trim();
  if (words === '' || words === name) {
    return name;
  }
  return `${words[0].toUpperCase()}${words.slice(1)} (${name})`;
}

/** As short as names of surveys are. */
const SURVEY = 'lsst_';

/**
 * Prefixes that name a survey, which says nothing of the single column. Short
 * ones, and those of few columns, say what a column is about: `tpl_id`, `lambda_min`.
 */
function surveyPrefixes(names: readonly string[]): ReadonlySet<string> {
  const prefixes = names.map(prefixOf).filter(prefix => prefix.length >= SURVEY.length);
  const counts = new Map<string, number>();
  for (const prefix of prefixes) {
    counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
  }
  return new Set(prefixes.filter(prefix => (counts.get(prefix) ?? 0) >= 4));
}

/** The first word with its underscore; empty where the name has one word. */
function prefixOf(name: string): string {
  return /^[^_]+_(?=.)/.exec(name)?.[0] ?? '';
}
