import type { Data, DataType } from 'apache-arrow';

/** What the counts of BINARY count, where writers do not agree. */
export interface ICounts {
  /**
   * The count of a variable array with several axes: `items` by the standard, `blocks`
   * of all axes but the last to astropy and others.
   */
  readonly ofArrays: 'items' | 'blocks';
  /**
   * The length of a `unicodeChar`: UTF-16 `units` by the standard, `characters` to
   * DaCHS, where one beyond U+FFFF takes two units and counts as one.
   */
  readonly ofText: 'units' | 'characters';
}

/** The counts as the standard has them (VOTable 1.4 §5.3). */
export const STANDARD: ICounts = { ofArrays: 'items', ofText: 'units' };

/** Bytes of rows under the two views that readers need. */
export interface IBytes {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

/** Rows of BINARY or BINARY2. */
export interface IBinaryInput extends IBytes {
  readonly counts: ICounts;
}

/** A column that can read the text of a TD before it is known where that ends. */
export interface IDirectColumn extends IColumn {
  /**
   * Reads the content of a TD up to the `<` behind it and adds it as a cell, if it is
   * of the most frequent kind: neither empty nor blank around, no text in need of
   * care. Nothing at or behind `end` is looked at.
   *
   * @returns where the `<` stands; −1, with nothing added, in all other cases
   */
  readText(input: IBytes, start: number, end: number): number;

  /** Takes the last cell back, when its row turns out to be incomplete. */
  dropLast(): void;
}

/** True for columns that read text directly. */
export function isDirect(column: IColumn): column is IDirectColumn {
  return 'readText' in column;
}

/** Tells that a cell was repaired: one sentence part, such as “has too many values”. */
export type ReportRepair = (what: string) => void;

/** What `measure` gives for a length that cannot be. */
export const IMPOSSIBLE = -1;

/**
 * Collects the cells of one column and gives them away as Arrow data.
 *
 * Every append adds one cell, or none if it returns false.
 */
export interface IColumn {
  readonly type: DataType;
  /** Cells since the last `take`. */
  readonly length: number;
  /** True if blanks around the text of a TD belong to the value. */
  readonly keepsBlanks: boolean;
  /** Bytes of a BINARY cell; null where they differ or depend on what is counted. */
  readonly size: number | null;

  appendNull(): void;

  /**
   * Adds the content of a TD, which is not empty. Blanks around it are gone already,
   * unless `keepsBlanks`.
   *
   * @param plain - true if references are resolved already
   * @returns false if the text is no value of this column as it stands
   */
  appendText(bytes: Uint8Array, start: number, end: number, plain: boolean): boolean;

  /**
   * Bytes of the BINARY cell that begins at `at`. If even its count lies beyond
   * `end`, the bytes up to the end of the count.
   *
   * @returns `IMPOSSIBLE` for a count that cannot be
   */
  measure(input: IBinaryInput, at: number, end: number): number;

  /** Adds the BINARY cell that begins at `at` and is complete. */
  appendBinary(input: IBinaryInput, at: number): void;

  /** Gives the cells away and begins anew. */
  take(): Data;
}
