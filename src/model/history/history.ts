import { type ISignal, Signal } from '@lumino/signaling';

import type { IQueryRequest, QueryModel } from '../query.js';
import type { ResultModel } from '../result.js';
import { LONGEST_QUERY, readEntries } from './read.js';
import { HISTORY_LENGTH, type IHistoryEntry, type ILastRun } from './types.js';

/** The queries that were run last, newest first; each query is there once. */
export class HistoryModel {
  /** Emitted when the entries changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get entries(): readonly IHistoryEntry[] {
    return this._entries;
  }

  /** When a query was run last, as far as that is remembered; null for never. */
  lastRun({
    query: { adql, maxrec },
    table: { service }
  }: IQueryRequest): ILastRun | null {
    const key = keyOf({ adql, maxrec, service });
    return this._entries.find(entry => keyOf(entry) === key) ?? null;
  }

  /** Remember a query; the same one of earlier is forgotten. */
  add(entry: IHistoryEntry): void {
    this._gone.delete(keyOf(entry));
    this._set([entry, ...this._entries]);
  }

  /** Forget one. */
  remove(entry: IHistoryEntry): void {
    this._gone.add(keyOf(entry));
    this._set(this._entries.filter(other => keyOf(other) !== keyOf(entry)));
  }

  /** Forget all. */
  clear(): void {
    this._entries.forEach(entry => this._gone.add(keyOf(entry)));
    this._set([]);
  }

  /** What is kept over a reload. */
  toJSON(): readonly IHistoryEntry[] {
    return this._entries;
  }

  /**
   * Take in what {@link toJSON} gave, here or in another window that shows the same
   * workspace. What was forgotten here stays forgotten.
   */
  restore(json: unknown): void {
    const kept = readEntries(json).filter(entry => !this._gone.has(keyOf(entry)));
    if (kept.length > 0) {
      this._set([...this._entries, ...kept].sort((a, b) => b.when - a.when));
    }
  }

  private _set(entries: readonly IHistoryEntry[]): void {
    const newest = new Map<string, IHistoryEntry>();
    for (const entry of entries) {
      const key = keyOf(entry);
      newest.set(key, newest.get(key) ?? entry);
    }
    this._entries = [...newest.values()].slice(0, HISTORY_LENGTH);
    this._changed.emit();
  }

  private _entries: readonly IHistoryEntry[] = [];
  /** Keys of what the user had forgotten. */
  private readonly _gone = new Set<string>();
  private readonly _changed = new Signal<this, void>(this);
}

/**
 * What to remember of a query that has ended; null for one that was never asked, and for
 * one that is too long to be kept.
 */
export function entryOf(ran: IQueryRequest, result: ResultModel): IHistoryEntry | null {
  const { asked, error, arrived, seconds } = result;
  const { adql, maxrec } = ran.query;
  if (!asked || adql.length > LONGEST_QUERY) {
    return null;
  }
  return {
    adql,
    maxrec,
    archive: ran.archive.definition.id,
    service: ran.table.service,
    table: ran.table.name,
    subject: ran.subject,
    when: asked.startedAt,
    rows: arrived,
    seconds,
    error: error?.message ?? null
  };
}

/** Keep a tab's query told when it was run last, until it is disposed of. */
export function tellLastRun(model: QueryModel, history: HistoryModel): void {
  const tell = (): void => {
    const { current } = model;
    model.lastRun = current && history.lastRun(current);
  };
  model.changed.connect(tell, model);
  history.changed.connect(tell, model);
  tell();
}

/** The entries in which all words occur: in query, table, archive or subject, any case. */
export function findEntries(
  entries: readonly IHistoryEntry[],
  words: string
): readonly IHistoryEntry[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter(({ adql, archive, subject, table }) => {
    const text = `${adql} ${archive} ${subject} ${table}`.toLowerCase();
    return wanted.every(word => text.includes(word));
  });
}

/** By what is asked of whom. */
function keyOf({
  adql,
  maxrec,
  service
}: Pick<IHistoryEntry, 'adql' | 'maxrec' | 'service'>): string {
  return JSON.stringify([service, maxrec, adql]);
}
