/** Formats a table can be saved in. */
export type ExportFormat = 'votable' | 'fits' | 'parquet' | 'csv' | 'arrow';

/** All formats, with the ending of their files. */
export const EXPORT_FORMATS: Readonly<Record<ExportFormat, string>> = {
  votable: '.vot',
  fits: '.fits',
  parquet: '.parquet',
  csv: '.csv',
  arrow: '.arrow'
};

/** Which rows are exported. */
export type ExportRows = 'all' | 'shown' | 'selected';

/** Which columns are exported. */
export type ExportColumns = 'all' | 'shown';

/** What can be exported. Numbers are null where they are not known or not another choice. */
export interface IExportSource {
  /** Name for the file, without ending. */
  readonly name: string;
  readonly rows: Readonly<Record<ExportRows, number | null>>;
  readonly columns: Readonly<Record<ExportColumns, number | null>>;
  /**
   * The rows as an Arrow IPC stream.
   *
   * @param tell - told how many rows are packed
   * @throws ProtocolError; AbortError or `cancelled` by `signal`
   */
  pack(
    rows: ExportRows,
    columns: ExportColumns,
    tell: (rows: number) => void,
    signal: AbortSignal
  ): Promise<Blob>;
}

/** A file that was written. */
export interface IExported {
  /** Below Jupyter's root folder. */
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
  /** What the format could not hold as it was, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Saves rows as a file in the workspace.
 *
 * @throws ProtocolError with status 409 for a file that is there and is not to be replaced
 */
export type TableSaver = (
  table: {
    readonly path: string;
    readonly format: ExportFormat;
    readonly rows: Blob;
    readonly overwrite: boolean;
  },
  signal: AbortSignal
) => Promise<IExported>;
