/** What is kept of a job in the server half: no answer, no secret. */
export interface IJobRecord {
  /** Made by us; not the service's. */
  readonly id: string;
  /** Id of the archive. */
  readonly archive: string;
  /** Base URL of the TAP service, and absolute address of the job. */
  readonly service: string;
  readonly url: string;
  readonly as?: 'me';
  /** In words: the target, the table, or what the user called it. */
  readonly name: string;
  /** Name of the table that was searched; empty where nobody knows. */
  readonly table: string;
  readonly adql: string;
  readonly maxrec: number;
  /** Milliseconds since 1970. */
  readonly created: number;
  /**
   * When it was seen to have ended, milliseconds since 1970. Ended ones are the first that
   * are forgotten when the list gets too long.
   */
  readonly ended?: number;
  /** True for jobs that another tool started. */
  readonly elsewhere?: boolean;
  /** Rows of its result, once all of them were fetched. */
  readonly rows?: number;
  /** Path in the workspace at which its rows were saved last. */
  readonly saved?: string;
  /**
   * How it ended where we removed it at the service: its rows are safe, or it was stopped.
   * It is not asked about any more.
   */
  readonly removed?: 'COMPLETED' | 'ABORTED';
}

/** The jobs the server half keeps. */
export interface IJobRecords {
  /** Newest first. */
  readonly jobs: readonly IJobRecord[];
  /** What the user should know of the list, one sentence each. */
  readonly problems: readonly string[];
}
