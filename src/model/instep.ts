import type { IDisposable } from '@lumino/disposable';

import type { IQueryRequest, QueryModel } from './query.js';
import { readBack } from './readback.js';
import type { SearchModel } from './search.js';
import { Timer } from './timer.js';

/** Seconds of quiet before an edited text is read: half a word is no query. */
const PAUSE = 0.4;

/**
 * Keeps the search form and the ADQL of a Results tab in step: the form takes over what
 * was edited in the text as long as it can express that, and the text what was changed in
 * the form as long as it is the form's. Neither overwrites what only the other holds.
 */
export class InStep implements IDisposable {
  /** @param _model - the form */
  constructor(private readonly _model: SearchModel) {}

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    this._timer.set(null, () => undefined);
  }

  /** A text may have been edited, or another tab may be in front. */
  follow(query: QueryModel | null): void {
    this._claim(query);
    const isKnown = query !== null && this._texts.has(query);
    const isEdited = isKnown && this._texts.get(query) !== query.adql;
    if (query) {
      this._texts.set(query, query.adql);
    }
    if (query !== this._front || isEdited) {
      this._timer.set(null, () => undefined);
      this._front = query;
    }
    if (!query?.editedByHand) {
      this._timer.set(null, () => undefined);
      this._model.handEdited = false;
    } else if (isEdited) {
      const before = this._model.request;
      this._timer.set(PAUSE, () => this._read(query, before));
    } else if (!this._timer.isSet) {
      this._model.handEdited = true;
    }
  }

  /**
   * The form changed: the text in front follows, where it is the form's.
   *
   * @param query - the tab in front, null where its text is out of sight
   */
  push(query: QueryModel | null): void {
    const { request } = this._model;
    if (!query || !request || request === this._sent || !this._mine.has(query)) {
      return;
    }
    if (!query.editedByHand && !isSame(query.request, request)) {
      this._sent = request;
      query.open(request);
    }
  }

  /** Drop what was edited by hand: the text is the form's again. */
  revert(query: QueryModel): void {
    const { request } = this._model;
    if (request && this._mine.has(query)) {
      this._sent = request;
      query.open(request);
    } else {
      query.revert();
    }
  }

  /** A tab that got the form's query shows the form's text from now on. */
  private _claim(query: QueryModel | null): void {
    const { request } = this._model;
    if (query && request && query.request === request) {
      this._mine.add(query);
      this._sent = request;
    }
  }

  /** Take an edited text over, unless the form was changed since. */
  private _read(query: QueryModel, before: IQueryRequest | null): void {
    const { current } = query;
    const isFree = current !== null && this._model.request === before;
    const read = isFree ? readBack(current, this._model) : null;
    if (!current || !read) {
      this._model.handEdited = query.editedByHand;
      return;
    }
    this._mine.add(query);
    const { archive, as = 'anyone' } = current;
    this._model.adopt(archive.definition.id, read.table.name, as, read.form);
    this._sent = this._model.request;
    if (this._sent) {
      // In the words that were typed: the form's own would move the cursor.
      query.open({ ...this._sent, query: current.query });
    }
  }

  /** Texts that are the form's, but for edits. */
  private readonly _mine = new WeakSet<QueryModel>();
  private readonly _texts = new WeakMap<QueryModel, string>();
  private readonly _timer = new Timer();
  private _front: QueryModel | null = null;
  /** What of the form is in the text. */
  private _sent: IQueryRequest | null = null;
  private _isDisposed = false;
}

/** True where opening the one instead of the other would change nothing. */
function isSame(one: IQueryRequest | null, other: IQueryRequest): boolean {
  return (
    one?.archive.definition.id === other.archive.definition.id &&
    one.table.service === other.table.service &&
    one.table.name === other.table.name &&
    one.query.adql === other.query.adql &&
    one.query.maxrec === other.query.maxrec &&
    (one.as ?? 'anyone') === (other.as ?? 'anyone') &&
    uploadOf(one) === uploadOf(other)
  );
}

/** The targets that go along; those of the first slice change with the list. */
function uploadOf({ query: { uploads = [] } }: IQueryRequest): string {
  return uploads.map(({ votable }) => votable).join();
}
