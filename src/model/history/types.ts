/** A query that was run: what, of whom, when, and how it ended. Never as whom, never rows. */
export interface IHistoryEntry {
  readonly adql: string;
  /** MAXREC. */
  readonly maxrec: number;
  /** Id of the archive. */
  readonly archive: string;
  /** Base URL of the TAP service. */
  readonly service: string;
  readonly table: string;
  /** In words: the target or the table. */
  readonly subject: string;
  /** Milliseconds since 1970. */
  readonly when: number;
  /** Rows that came. */
  readonly rows: number;
  readonly seconds: number;
  /** Why it failed or was cut short, one sentence; null where it was not. */
  readonly error: string | null;
}

/** When a query was run last, and how that ended. */
export type ILastRun = Pick<IHistoryEntry, 'when' | 'rows' | 'error'>;

/** Queries that are remembered. */
export const HISTORY_LENGTH = 200;
