import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import { linkValue, meaningOf } from '../../protocol/datalink/index.js';
import { asProtocolError, ProtocolError } from '../../protocol/errors.js';
import type { ILinks } from '../../protocol/datalink/index.js';
import type { IPosition } from '../../protocol/position.js';
import { inLanes } from '../jobs/lanes.js';
import { offerOf } from './offer.js';
import { reshaped, shapeAround } from './reshape.js';
import type { IServiceMeans } from './run.js';
import { ServiceModel } from './service.js';
import type { ICutoutSubject } from './session.js';

/** How far the cutout of a row is. */
export type RowCutoutState =
  'waiting' | 'running' | 'done' | 'empty' | 'failed' | 'stopped';

/** The cutout of one row. */
export interface IRowCutout {
  readonly subject: ICutoutSubject;
  /** What tells it from the others: band, instrument, date; empty texts are left out. */
  readonly marks: readonly string[];
  readonly state: RowCutoutState;
  /** Path in the Jupyter root; null before it is there. */
  readonly path: string | null;
  /** What the service said, one sentence; empty where it said nothing. */
  readonly words: string;
}

/** A row to cut out of. */
export type WantedRow = Pick<IRowCutout, 'subject' | 'marks'>;

/** What is cut out of each row. */
export interface IManyShape {
  /** Degrees. */
  readonly radius: number;
  /** The same place in all rows; null for the centre of each. */
  readonly at: IPosition | null;
}

/** What the links of a row said. */
interface IReadLinks {
  /** Place of the row. */
  readonly index: number;
  readonly answer: ILinks | ProtocolError;
}

/** One cutout of the same size out of each of many rows: all bands of a patch of sky. */
export class ManyCutouts implements IDisposable {
  constructor(
    rows: readonly WantedRow[],
    private readonly _means: IServiceMeans
  ) {
    this._entries = rows.map(row => ({ ...row, ...WAITING }));
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** In the order of the rows. */
  get entries(): readonly IRowCutout[] {
    return this._entries;
  }

  get isRunning(): boolean {
    return this._abort !== null;
  }

  /** Rows that need nothing more: cut out, without pixels, or failed. */
  get over(): number {
    return this._entries.filter(
      ({ state }) => state !== 'waiting' && state !== 'running'
    ).length;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this.cancel();
      Signal.clearData(this);
    }
  }

  /** Stop; what is saved stays. */
  cancel(): void {
    this._abort?.abort();
  }

  /** Cut out of all rows, from the first on. Never throws: each row has its own state. */
  async run(shape: IManyShape): Promise<void> {
    if (this.isRunning) {
      return;
    }
    const stop = (this._abort = new AbortController());
    this._entries = this._entries.map(entry => ({ ...entry, ...WAITING }));
    this._changed.emit();
    const read: IReadLinks[] = [];
    for await (const links of this._read(stop.signal)) {
      read.push(links);
    }
    await inLanes(read, links => this._cut(links, shape, stop.signal));
    this._end();
  }

  private async *_read(signal: AbortSignal): AsyncGenerator<IReadLinks> {
    const { links, asker } = this._means;
    const known = this._entries.flatMap(({ subject: { source } }, index) =>
      source === null ? [] : [{ index, source }]
    );
    this._entries.forEach(({ subject }, index) => {
      if (subject.source === null) {
        this._set(index, { state: 'failed', words: 'This row has no links.' });
      }
    });
    try {
      const sources = known.map(({ source }) => source);
      const how = asker() === 'me' ? ({ as: 'me' } as const) : {};
      for await (const { index, answer } of links.read(sources, signal, how)) {
        yield { index: known[index].index, answer };
      }
    } catch (reason) {
      if (!signal.aborted) {
        const words = asProtocolError(reason).message;
        known.forEach(({ index }) => this._set(index, { state: 'failed', words }));
      }
    }
  }

  private async _cut(
    { index, answer }: IReadLinks,
    shape: IManyShape,
    signal: AbortSignal
  ): Promise<void> {
    if (signal.aborted) {
      return;
    }
    this._set(index, { state: 'running' });
    try {
      if (answer instanceof ProtocolError) {
        throw answer;
      }
      this._set(index, await this._run(this._model(index, answer, shape), signal));
    } catch (reason) {
      this._set(index, { state: 'failed', words: asProtocolError(reason).message });
    }
  }

  /** The form of the row's cutout service, filled in. */
  private _model(
    index: number,
    answer: ILinks,
    { radius, at }: IManyShape
  ): ServiceModel {
    const { subject } = this._entries[index];
    const { first } = offerOf(answer);
    const { id, title, facts } = subject;
    const model = new ServiceModel({
      service: first.service,
      row: linkValue(first.link),
      id,
      title,
      meaning: meaningOf(first.link.semantics).term,
      facts,
      means: this._means
    });
    const centre = at ?? facts.centre ?? null;
    const [kind] = model.kinds;
    if (centre === null || kind === undefined) {
      throw new ProtocolError(
        'rejected',
        centre === null
          ? 'The row does not tell where its data are.'
          : 'The service takes no shape.'
      );
    }
    model.setShape(reshaped(shapeAround('circle', centre, radius), kind));
    return model;
  }

  private async _run(
    model: ServiceModel,
    signal: AbortSignal
  ): Promise<Partial<IRowCutout>> {
    if (model.shapeProblem !== null) {
      return { state: 'empty', words: NO_PIXELS };
    }
    const stop = (): void => model.cancel();
    signal.addEventListener('abort', stop, { once: true });
    await model.run();
    signal.removeEventListener('abort', stop);
    const { state } = model;
    model.dispose();
    switch (state.phase) {
      case 'done': {
        const file = state.results.find(result => result.kind === 'file');
        return file
          ? { state: 'done', path: file.path }
          : { state: 'empty', words: NO_PIXELS };
      }
      case 'failed':
        return isEmpty(state.error)
          ? { state: 'empty', words: NO_PIXELS }
          : { state: 'failed', words: state.error.message };
      default:
        return { state: 'stopped' };
    }
  }

  private _end(): void {
    this._abort = null;
    this._entries = this._entries.map(entry =>
      entry.state === 'waiting' || entry.state === 'running'
        ? { ...entry, state: 'stopped' }
        : entry
    );
    this._changed.emit();
  }

  private _set(index: number, change: Partial<IRowCutout>): void {
    this._entries[index] = { ...this._entries[index], ...change };
    this._changed.emit();
  }

  private _entries: IRowCutout[];
  private _abort: AbortController | null = null;
  private _isDisposed = false;
  private readonly _changed = new Signal<this, void>(this);
}

const WAITING = { state: 'waiting', path: null, words: '' } as const;

/** What services say by 204 (SODA 1.0 §4.2). */
const NO_PIXELS = 'No pixels there.';

function isEmpty({ kind, message, details }: ProtocolError): boolean {
  return (
    details.status === 204 || (kind === 'not-found' && message.includes(NO_PIXELS))
  );
}
