import type { INamedColumn, INamedTable } from './names.js';
import type { ITableUse } from './outline.js';

/** A table that a SELECT can take columns of. */
export interface IScopeTable {
  readonly use: ITableUse;
  /** As it is called in the query: its alias, or its name. */
  readonly label: string;
  /** As messages call it: a table of the service by its name. */
  readonly title: string;
  /** As the service describes it; null for queries, uploads and what is unknown. */
  readonly table: INamedTable | null;
  /** Null where they are not all known. */
  readonly columns: readonly INamedColumn[] | null;
  /** False for a name that means nothing; true also where that cannot be known. */
  readonly exists: boolean;
}
