/** Phases of a job (UWS 1.1 §2.1.3). Words nobody knows count as `UNKNOWN`. */
export type UwsPhase =
  | 'PENDING'
  | 'QUEUED'
  | 'EXECUTING'
  | 'COMPLETED'
  | 'ERROR'
  | 'ABORTED'
  | 'HELD'
  | 'SUSPENDED'
  | 'UNKNOWN'
  | 'ARCHIVED';

/** A result of a job. */
export interface IUwsResult {
  /** `result` for the table of a TAP job. */
  readonly id: string;
  /** Absolute. */
  readonly href: string;
  readonly mime: string | null;
  /** Bytes, where the service says. */
  readonly size: number | null;
}

/** Why a job failed, in the service's words. */
export interface IUwsError {
  readonly message: string;
  /** The same job may succeed another time. */
  readonly transient: boolean;
  /** There is more at `…/error`. */
  readonly hasDetail: boolean;
}

/** A job document. Times are milliseconds since 1970; null where nil, missing or unreadable. */
export interface IUwsJob {
  readonly id: string;
  readonly runId: string | null;
  readonly owner: string | null;
  readonly phase: UwsPhase;
  /** When the service believes it will be done. */
  readonly quote: number | null;
  readonly created: number | null;
  readonly started: number | null;
  readonly ended: number | null;
  /** Seconds it may run; 0: no limit. */
  readonly executionDuration: number | null;
  /** When the service forgets the job. */
  readonly destruction: number | null;
  readonly parameters: readonly { readonly id: string; readonly value: string }[];
  readonly results: readonly IUwsResult[];
  readonly error: IUwsError | null;
  /** 1.1 or later: blocks on WAIT. */
  readonly canWait: boolean;
  /**
   * The service's own time when it sent the document: what is left of a job counts from
   * this one, as clocks disagree. Null where it did not say.
   */
  readonly sent: number | null;
}

/** An entry of a job list (UWS 1.1 §2.2.2.1). */
export interface IUwsJobReference {
  readonly id: string;
  /** Absolute. */
  readonly url: string;
  readonly phase: UwsPhase;
  readonly runId: string | null;
  readonly owner: string | null;
  readonly created: number | null;
}
