import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import type { IArchive } from '../../archives/archive.js';
import { FormError } from '../../protocol/form.js';
import type { IColumnLayout } from '../columnlayout.js';
import type { QueryModel } from '../query.js';
import type { ISchemas } from '../schema/types.js';
import { readDocument, writeDocument } from './document.js';
import { LineError } from './json.js';
import { documentOf, requestOf, SearchError } from './request.js';
import type { ISearchDocument } from './types.js';

/** What an open document is read with. */
export interface IDocumentMeans {
  /** The archive of this id; undefined where there is none. */
  archive(id: string): IArchive | undefined;
  /** What is known of the archives' tables; null where nobody keeps that. */
  readonly schemas: ISchemas | null;
}

/**
 * A saved search that is open: a text on the one side, the query of a tab on the other.
 * Reading the text puts its search into the query, and runs nothing; editing the query
 * changes the text.
 */
export class OpenDocument implements IDisposable {
  /** @param _query - stays the caller's */
  constructor(
    private readonly _query: QueryModel,
    private readonly _means: IDocumentMeans
  ) {
    _query.changed.connect(this._onQuery, this);
  }

  /** Emitted when the query was edited, so that the text is another one. */
  get edited(): ISignal<this, void> {
    return this._edited;
  }

  /** Emitted when there is another problem, or none. */
  get problemChanged(): ISignal<this, void> {
    return this._problemChanged;
  }

  /** Why the text shows no search, or cannot hold what was edited; null where all is well. */
  get problem(): string | null {
    return this._problem;
  }

  /** The text as it should be in the file. */
  get text(): string {
    return this._text;
  }

  /** The search, as it was read or edited last; null where the text is none. */
  get search(): ISearchDocument | null {
    return this._search;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      Signal.disconnectReceiver(this);
      Signal.clearData(this);
    }
  }

  /** Take the text of the file over. */
  read(text: string): void {
    if (text === this._text && this._search) {
      return;
    }
    this._text = this._source = text;
    this._search = null;
    try {
      const search = readDocument(text);
      const archive = this._means.archive(search.archive);
      const request = requestOf(search, archive, this._means.schemas);
      this._search = search;
      this._isReading = true;
      this._query.open(request);
      this._canon = writeDocument(documentOf(request, search));
      this._setProblem(null);
    } catch (reason) {
      this._setProblem(sentenceOf(reason));
    } finally {
      this._isReading = false;
    }
  }

  /** Take over how the columns are shown now. */
  arrange(layout: IColumnLayout): void {
    if (this._search) {
      this._search = { ...this._search, layout };
      this._onQuery();
    }
  }

  private _onQuery(): void {
    const { current } = this._query;
    if (this._isReading || !this._search || !current) {
      return;
    }
    try {
      const search = documentOf(current, this._search);
      const written = writeDocument(search);
      // The text of the file stays as somebody wrote it, until there is something to say.
      const text = written === this._canon ? this._source : written;
      this._search = search;
      this._setProblem(null);
      if (text !== this._text) {
        this._text = text;
        this._edited.emit();
      }
    } catch (reason) {
      this._setProblem(sentenceOf(reason));
    }
  }

  private _setProblem(problem: string | null): void {
    if (problem !== this._problem) {
      this._problem = problem;
      this._problemChanged.emit();
    }
  }

  private _text = '';
  /** The text as it was read. */
  private _source = '';
  /** The text as we would have written it. */
  private _canon = '';
  private _search: ISearchDocument | null = null;
  private _problem: string | null = null;
  private _isReading = false;
  private _isDisposed = false;
  private readonly _edited = new Signal<this, void>(this);
  private readonly _problemChanged = new Signal<this, void>(this);
}

/** The sentence of an error that is about the document; others are thrown on. */
function sentenceOf(reason: unknown): string {
  const isOurs =
    reason instanceof LineError ||
    reason instanceof SearchError ||
    reason instanceof FormError;
  if (!isOurs) {
    throw reason;
  }
  return reason.message;
}
