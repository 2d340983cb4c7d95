import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import type { Asker } from '../../archives/account.js';
import type { LinkSource } from '../../archives/links.js';
import {
  appendQuery,
  linkValue,
  meaningOf,
  type ILink,
  type ILinks
} from '../../protocol/datalink/index.js';
import { asProtocolError, ProtocolError } from '../../protocol/errors.js';
import type { Region } from '../../protocol/region.js';
import type { IDataFacts } from './facts.js';
import { offerOf, type IServiceChoice } from './offer.js';
import type { IServiceMeans } from './run.js';
import { ServiceModel } from './service.js';
import type { CutoutKind, CutoutShape, ICutoutShape } from './types.js';

/** Data that something is to be cut out of, or that another service is run on. */
export interface ICutoutSubject {
  readonly id: string;
  /** Short name. */
  readonly title: string;
  /** What leads to its links; null where nothing does. */
  readonly source: LinkSource | null;
  readonly facts: IDataFacts;
  /** `service_def` of the service that is wanted; the first cutout service unless told. */
  readonly service?: string;
}

/** Where reading the links stands. */
export type SessionState = 'unread' | 'reading' | 'ready' | 'failed';

/**
 * Cutting out of one set of data: reads what its links offer once it is told to, and holds the
 * form of the service that was chosen. The shape stays when another service is chosen.
 */
export class CutoutSession implements ICutoutShape, IDisposable {
  constructor(
    readonly subject: ICutoutSubject,
    private readonly _means: IServiceMeans
  ) {}

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get state(): SessionState {
    return this._state;
  }

  /** Why the links could not be read; null when they could. */
  get error(): ProtocolError | null {
    return this._error;
  }

  /** Cutouts at once first, then as jobs; only the wanted service where it is another one. */
  get choices(): readonly IServiceChoice[] {
    return this._choices;
  }

  get chosen(): IServiceChoice | null {
    return this._chosen;
  }

  /** All rows of the links; empty before they are read. */
  get links(): readonly ILink[] {
    return this._links;
  }

  /** Address of the links document; null where nothing leads to one. */
  get linksUrl(): string | null {
    const { source } = this.subject;
    if (source === null || source.kind === 'file') {
      return null;
    }
    return source.kind === 'document'
      ? source.url
      : appendQuery(source.url, [['ID', source.id]]);
  }

  /** As whom it is asked. */
  get asker(): Asker {
    return this._means.asker();
  }

  /** The form; null while no service is known. */
  get model(): ServiceModel | null {
    return this._model;
  }

  get kinds(): readonly CutoutKind[] {
    return this._model?.kinds ?? [];
  }

  get kind(): CutoutKind | null {
    return this._model?.kind ?? null;
  }

  get shape(): CutoutShape | null {
    return this._model?.shape ?? null;
  }

  get shapeProblem(): string | null {
    return this._model?.shapeProblem ?? null;
  }

  get bounds(): Region | null {
    return this._model?.bounds ?? this.subject.facts.region;
  }

  setKind(kind: CutoutKind): void {
    this._model?.setKind(kind);
  }

  /** A shape set before the links are read is proposed once they are. */
  setShape(shape: CutoutShape): void {
    if (this._model) {
      this._model.setShape(shape);
    } else {
      this._wanted = shape;
    }
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this._abort?.abort();
      this._model?.dispose();
      Signal.clearData(this);
    }
  }

  /** Read the links, unless that was done. Never throws: see {@link error}. */
  async load(): Promise<void> {
    if (this._state === 'reading' || this._state === 'ready') {
      return;
    }
    const stop = (this._abort = new AbortController());
    this._setState('reading', null);
    try {
      this._offer(await this._read(stop.signal));
      this._setState('ready', null);
    } catch (reason) {
      const error = asProtocolError(reason);
      const isStopped = stop.signal.aborted;
      this._setState(isStopped ? 'unread' : 'failed', isStopped ? null : error);
    }
  }

  /** Stop reading the links. */
  stop(): void {
    this._abort?.abort();
  }

  /** Fill in the form of another service. */
  choose(key: string): void {
    const choice = this._choices.find(one => one.key === key);
    if (choice && choice !== this._chosen) {
      this._choose(choice);
      this._changed.emit();
    }
  }

  private async _read(signal: AbortSignal): Promise<ILinks> {
    const { source } = this.subject;
    const { links, archive, asMe, asker } = this._means;
    if (source === null) {
      throw new ProtocolError('not-found', 'This row has no links.');
    }
    const as = asker();
    const read = async (): Promise<ILinks> => {
      const how = as === 'me' ? { as } : {};
      for await (const { answer } of links.read([source], signal, how)) {
        if (answer instanceof ProtocolError) {
          throw answer;
        }
        return answer;
      }
      throw new ProtocolError('not-found', 'This row has no links.');
    };
    return as === 'me' ? asMe(archive, read, signal) : read();
  }

  private _offer(answer: ILinks): void {
    const { choices, first } = offerOf(answer, this.subject.service);
    this._links = answer.links;
    this._choices = choices;
    this._choose(first);
  }

  private _choose(choice: IServiceChoice): void {
    const { id, title, facts } = this.subject;
    const shape = this._model?.shape ?? this._wanted;
    this._model?.dispose();
    this._chosen = choice;
    this._model = new ServiceModel({
      service: choice.service,
      row: linkValue(choice.link),
      id,
      title,
      meaning: meaningOf(choice.link.semantics).term,
      facts,
      shape,
      means: this._means
    });
    this._model.changed.connect(() => this._changed.emit());
  }

  private _setState(state: SessionState, error: ProtocolError | null): void {
    this._state = state;
    this._error = error;
    this._changed.emit();
  }

  private _state: SessionState = 'unread';
  private _error: ProtocolError | null = null;
  private _links: readonly ILink[] = [];
  private _choices: readonly IServiceChoice[] = [];
  private _chosen: IServiceChoice | null = null;
  private _model: ServiceModel | null = null;
  private _wanted: CutoutShape | null = null;
  private _abort: AbortController | null = null;
  private _isDisposed = false;
  private readonly _changed = new Signal<this, void>(this);
}
