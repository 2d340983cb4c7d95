import type { IResolvedTarget, ISearchForm } from '../../protocol/form/types.js';
import type { IColumnLayout } from '../columnlayout.js';
import type { JsonValue } from './json.js';

/** Version of the format; a document of a higher one is refused. */
export const DOCUMENT_VERSION = 1;

/** Ending of the names of saved searches. */
export const DOCUMENT_EXTENSION = '.obsq';

/** What was asked: by the form, or in ADQL. */
export type Asked =
  | { readonly form: ISearchForm; readonly adql: null }
  | { readonly form: null; readonly adql: string };

/**
 * A saved search: what is asked of whom, never as whom, and never an answer.
 *
 * A name that was resolved keeps the position it stood for, with who knew it: the search
 * is the same one when a resolver has learnt better.
 */
export type ISearchDocument = Asked & {
  /** Id of the archive. */
  readonly archive: string;
  /** Base URL of the TAP service. */
  readonly service: string;
  readonly table: string;
  /** MAXREC. */
  readonly rowLimit: number;
  readonly resolved: readonly IResolvedTarget[];
  /** How the columns of the rows are shown. */
  readonly layout: IColumnLayout;
  /** What other versions wrote: kept as it is. */
  readonly others: Readonly<Record<string, JsonValue>>;
};
