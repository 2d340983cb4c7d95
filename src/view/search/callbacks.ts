import type { IQueryRequest } from '../../model/query.js';

/** What the search section asks others to do. */
export interface ISearchCallbacks {
  /** Run a query and show its rows. */
  search(request: IQueryRequest): void;
  /** Start the form's query as a job; missing where nobody keeps jobs. */
  runJob?(): void;
  /** Stop the running search. */
  cancel(): void;
  /** Open a query in the editor without running it. */
  edit(request: IQueryRequest): void;
  /** Show the queries that were run last. */
  history(): void;
  /** Write a query into a file; runs nothing. */
  save(request: IQueryRequest): void;
  /** Drop what was edited by hand, so that the form counts again. */
  revert(): void;
  /** Ask for what signing in to an archive needs. */
  signIn(archive: string): void;
  /** Ask for an archive to add. */
  addArchive(): void;
  /** Ask for a list of targets. */
  targets(): void;
}
