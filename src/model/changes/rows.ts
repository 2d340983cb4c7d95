/** What of the rows of a run is kept, to find out later what has changed. */
export interface IRunRows {
  /** When the run was asked, milliseconds since 1970. */
  readonly when: number;
  /** Stands for what was asked of whom; another query has another one. */
  readonly query: string;
  /** True where the run was cut at the row limit. */
  readonly isSlice: boolean;
  /** True for a run with an account, which may see other rows. */
  readonly withAccount: boolean;
  /** Columns that tell rows apart. */
  readonly keyColumns: readonly string[];
  /** Rows without a value there, which cannot be followed. */
  readonly keyless: number;
  /** Keys, sorted; a key that is there twice stands for two rows. */
  readonly keys: readonly string[];
  /** When each row becomes public, as the service says; empty where it does not. */
  readonly releases: readonly string[];
  /** `data_rights` of each row; empty where there is none. */
  readonly rights: readonly string[];
}

/** Id of the column that tells what happened to a row; no service's column has it. */
export const CHANGE_ID = 'obsdeck-change';

/** Rows that are followed at most. */
export const MOST_ROWS = 1_000_000;

/**
 * A cell as it goes into a line: without tabs and newlines. Different cells stay different.
 */
export function escapeCell(text: string): string {
  return text.replace(/[\\\t\n\r]/g, found => ESCAPES[found]);
}

/** The cell that an escaped text stands for. */
export function unescapeCell(text: string): string {
  return text.replace(/\\([\\tnr])/g, (_, code: string) => PLAIN[code]);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r'
};

const PLAIN: Readonly<Record<string, string>> = {
  '\\': '\\',
  t: '\t',
  n: '\n',
  r: '\r'
};

/** The same text for the same question, another one for every other: 53 bits, in hex. */
export function fingerprint(parts: readonly (string | number)[]): string {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (const character of JSON.stringify(parts)) {
    const code = character.codePointAt(0) ?? 0;
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high =
    Math.imul(high ^ (high >>> 16), 2246822507) ^
    Math.imul(low ^ (low >>> 13), 3266489909);
  low =
    Math.imul(low ^ (low >>> 16), 2246822507) ^
    Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(16).padStart(14, '0');
}
