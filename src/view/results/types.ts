import type { LabIcon } from '@jupyterlab/ui-components';
import type { ITranslator } from '@jupyterlab/translation';

import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';

import type { RowStore } from '../../model/columns.js';
import type { ConstraintKey } from '../../model/constraints.js';
import type { ILayoutKeeper } from '../../model/columnlayout.js';
import type { IPictureFile } from '../../model/previews.js';
import type { QueryModel } from '../../model/query.js';
import type { TableRunner } from '../../model/table/tasks.js';
import type { IQueryMeans } from '../query/pane.js';
import type { QueryEditorFactory } from '../query/types.js';
import type { IRightsMeans } from './runner.js';

/** One entry of an action's menu. */
export interface IResultActionItem {
  readonly id: string;
  readonly label: string;
}

/**
 * Something to do with a result that a plugin contributes: a button of the Results toolbar,
 * or an entry of “More result actions”. Both are in the menu of a row, too.
 */
export interface IResultAction {
  /** Unique among the actions of a panel. */
  readonly id: string;
  /** Accessible name and words on the button. */
  readonly label: string;
  readonly icon?: LabIcon;
  /** Entries of a menu, asked for whenever it opens; a click on the button opens it. */
  menu?(): readonly IResultActionItem[];
  /** Where it is offered; as a button of the toolbar unless told otherwise. */
  readonly place?: 'toolbar' | 'more';
  /** Order among the others of its place, small first. */
  readonly rank?: number;
  /** Whether a menu ticks it; missing for what is done and not turned on. */
  checked?(): boolean;
  /**
   * Whether the archive that was asked offers it at all; missing for what every one does.
   * Asked whenever the result or the selection changed: it is absent otherwise.
   */
  offered?(): boolean;
  /** Asked whenever the result or the selection changed. */
  enabled(): boolean;
  /** Why it is not enabled, one sentence for the tooltip. */
  reason?(): string;
  /** @param item - id of the chosen menu entry; undefined where there is no menu */
  execute(item?: string): void;
}

/** Counts the rows of a search at its service, by the values of a column. */
export interface IValueCounter {
  /** Why that cannot be done, one sentence; null where it can. Asks nobody. */
  reason(column: string): string | null;
  count(column: string): void;
}

/** Tells which rows have their file on disk. */
export interface IRowsHere extends IDisposable {
  /** Whether the file of a row of a table is on disk. */
  has(store: RowStore, row: number): boolean;
  /** How many rows of a table have their file on disk. */
  countOf(store: RowStore | null): number;
  /** Emitted when any of the above changed. */
  readonly changed: ISignal<unknown, void>;
}

/** What a Results panel is made of. */
export interface IResultsOptions {
  readonly model: QueryModel;
  readonly translator: ITranslator;
  readonly editorFactory: QueryEditorFactory;
  /** What is done with the query beside running it. */
  readonly query?: IQueryMeans;
  /** Toolbar buttons, in their order. */
  readonly actions: readonly IResultAction[];
  /** Remembers which columns are shown; only while the panel is there if missing. */
  readonly layouts?: ILayoutKeeper;
  /** Sorts and filters; the page itself does without it. */
  readonly runner?: TableRunner;
  /** Brings the search form to the front; offered where nothing was searched yet. */
  readonly showSearch?: () => void;
  /** Searches again without a constraint; offered where nothing was found. */
  readonly drop?: (constraint: ConstraintKey) => void;
  /** Searches around a position in degrees, ICRS. */
  readonly searchHere?: (ra: number, dec: number) => void;
  /** Gets a picture on behalf of an archive, as anyone; its bytes are checked. */
  readonly picture?: (
    archive: string,
    url: string,
    signal: AbortSignal
  ) => Promise<IPictureFile>;
  /** Counts rows by their values; missing where nobody would show the counts. */
  readonly counter?: IValueCounter;
  /** Puts a text on the clipboard. */
  readonly copy?: (text: string) => void;
  /** The accounts, and what is done with them; missing where there are none. */
  readonly rights?: IRightsMeans;
  /** Which rows have their file on disk; the panel disposes it. */
  readonly here?: IRowsHere;
  /** Lets the user save a text as a file. */
  readonly save?: (name: string, text: string) => void;
}
