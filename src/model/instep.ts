import type { IDisposable } from '@lumino/disposable';

import { keepComments } from '../protocol/form.js';
import type { IQueryRequest, QueryModel } from './query.js';
import { readBack } from './readback.js';
import type { SearchModel } from './search.js';
import { Timer } from './timer.js';

/** Seconds of quiet before an edited text is read: half a word is no query. */
const PAUSE = 0.4;

/**
 * Keeps the search form and the ADQL of a Results tab in step: the form takes over what
 * was edited in the text as long as it can express that, and the text what was changed in
 * the form as long as it is the form's. Neither overwrites what only the other holds, as
 * comments in the text are.
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
    const shown = query && this._shown.get(query);
    if (request && shown && !query.editedByHand && !isSame(shown, request)) {
      this._shown.set(query, request);
      query.open(withComments(request, query));
    }
  }

  /**
   * The form's query as it is to be shown where a text of the form is: with its comments.
   *
   * @param query - the tab in front; null where there is none
   */
  asShown(request: IQueryRequest, query: QueryModel | null): IQueryRequest {
    if (!query || query.editedByHand || !this._shown.has(query)) {
      return request;
    }
    const shown = withComments(request, query);
    this._made.set(shown, request);
    return shown;
  }

  /** Drop what was edited by hand: the text is the form's again. */
  revert(query: QueryModel): void {
    const { request } = this._model;
    if (request && this._shown.has(query)) {
      this._shown.set(query, request);
      query.open(request);
    } else {
      query.revert();
    }
  }

  /** A tab that got the form's query shows the form's text from now on. */
  private _claim(query: QueryModel | null): void {
    const { request } = this._model;
    const opened = query?.request;
    if (request && opened && (this._made.get(opened) ?? opened) === request) {
      this._shown.set(query, request);
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
    const { archive, as = 'anyone' } = current;
    this._model.adopt(archive.definition.id, read.table.name, as, read.form);
    const { request } = this._model;
    if (request) {
      this._shown.set(query, request);
      // In the words that were typed: the form's own would move the cursor.
      query.open({ ...request, query: current.query });
    }
  }

  /** What of the form is in the texts that are the form's, but for edits. */
  private readonly _shown = new WeakMap<QueryModel, IQueryRequest>();
  /** The form's own requests, by those that show them with comments. */
  private readonly _made = new WeakMap<IQueryRequest, IQueryRequest>();
  private readonly _texts = new WeakMap<QueryModel, string>();
  private readonly _timer = new Timer();
  private _front: QueryModel | null = null;
  private _isDisposed = false;
}

/** A request with the comments of the text that it takes the place of. */
function withComments(request: IQueryRequest, { adql }: QueryModel): IQueryRequest {
  const text = keepComments(request.query.adql, adql);
  return text === request.query.adql
    ? request
    : { ...request, query: { ...request.query, adql: text } };
}

/** True where opening the one instead of the other would change nothing. */
function isSame(one: IQueryRequest, other: IQueryRequest): boolean {
  return (
    one.archive.definition.id === other.archive.definition.id &&
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
