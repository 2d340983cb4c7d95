import type { ISignal } from '@lumino/signaling';
import type { Widget } from '@lumino/widgets';

import type { IArchive } from '../archives/archive.js';
import type { QueryModel } from '../model/query.js';
import type { Pause } from '../protocol/votable/types.js';

/** The archives that are known. */
export interface IKnownArchives {
  /** Resolves once they were read for the first time. */
  readonly ready: Promise<void>;
  /** Emitted when others are known. */
  readonly changed: ISignal<unknown, void>;
  get(id: string): IArchive | undefined;
}

/** Shows a query and its rows. */
export interface IRowsPanel extends Widget {
  /** Selected rows that are shown, ascending, counted from 0 in the order of arrival. */
  readonly selectedRows: readonly number[];
  /** How many they are; cheap where they would be a long list. */
  readonly selectedCount: number;
  /** Emitted when other rows are selected, and when the focus moved. */
  readonly selectionChanged: ISignal<unknown, void>;
  /** Select rows, and no others; those that are not there are left out. */
  selectRows(rows: readonly number[]): void;
}

/** The sentences of a cell, in the user's language. */
export interface ICellWords {
  unknownArchive(id: string): string;
  noTables(archive: string): string;
  unknownTable(archive: string, table: string): string;
  /** Of numbers as they are shown. */
  tooMany(count: string, most: string): string;
  readonly noKernel: string;
}

/** What a widget needs of the page it is in. */
export interface ICellMeans {
  readonly archives: IKnownArchives;
  readonly words: ICellWords;
  createModel(): QueryModel;
  /** Asked once for each view; the panel owns none of the model. */
  createPanel(model: QueryModel): Promise<IRowsPanel>;
  /** Lets the page have its turn while rows are packed. */
  pausing(signal: AbortSignal): Pause;
}
