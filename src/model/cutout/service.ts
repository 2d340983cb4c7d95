import { type ISignal, Signal } from '@lumino/signaling';

import {
  type GivenValues,
  type IServiceDescriptor,
  type IServiceParameter,
  type IServiceRequest,
  type RowValue
} from '../../protocol/datalink/index.js';
import { asProtocolError, ProtocolError } from '../../protocol/errors.js';
import type { Region } from '../../protocol/region.js';
import { isSoda, sodaOffer, stencilParameter } from '../../protocol/soda/index.js';
import type { IDataFacts } from './facts.js';
import { FormModel } from './form.js';
import { wholeRequest } from './request.js';
import { runService, type IServiceMeans, type IServiceTask } from './run.js';
import { ShapeModel } from './shape.js';
import { estimateOf, proposedShape, whyOutside } from './sizes.js';
import type {
  CutoutKind,
  CutoutShape,
  CutoutState,
  ICutoutEstimate,
  ICutoutModel
} from './types.js';

/** A described service and the data it is for. */
export interface IServiceOptions {
  readonly service: IServiceDescriptor;
  /** Row of {links}, or of the table, that the service is bound to. */
  readonly row: RowValue;
  /** Identifier of the data, and their short name. */
  readonly id: string;
  readonly title: string;
  /** What the link of the service means, in a word: `cutout`. */
  readonly meaning: string;
  readonly facts: IDataFacts;
  /** Used before; proposed again. */
  readonly shape?: CutoutShape | null;
  readonly means: IServiceMeans;
}

/** A described service that is filled in and run (DataLink 1.1 §4, SODA 1.0). */
export class ServiceModel implements ICutoutModel {
  constructor(private readonly _options: IServiceOptions) {
    const { service, facts } = _options;
    this.isCutout = isSoda(service);
    const offer = sodaOffer(service);
    const { bounds, stencils } = offer;
    this.area = new ShapeModel({
      kinds: [...stencils.keys()],
      bounds: bounds ?? facts.region,
      shape: _options.shape ?? proposedShape(bounds ?? facts.region, facts.centre),
      check: shape => whyOutside(shape, bounds ?? facts.region)
    });
    const known = [offer.band, offer.time, offer.pol].filter(one => one !== null);
    this.form = new FormModel([...known, ...offer.others]);
    this.known = known.length;
    this.area.changed.connect(this._onInput, this);
    this.form.changed.connect(this._onInput, this);
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** True where it cuts out of data; false for any other service. */
  readonly isCutout: boolean;

  /** The shape, with the texts of its fields. */
  readonly area: ShapeModel;

  /** The other free parameters: those of SODA first, then the service's own. */
  readonly form: FormModel;

  /** How many of the form's fields are SODA's. */
  readonly known: number;

  get service(): IServiceDescriptor {
    return this._options.service;
  }

  get subject(): string {
    return this._options.title;
  }

  /** What is sent as it is: fixed, or taken from the row; null where the row has none. */
  get given(): readonly (readonly [name: string, value: string | null])[] {
    const { service, row } = this._options;
    const valueOf = ({ kind, ref, value }: IServiceParameter): string | null =>
      kind === 'bound' ? row(ref ?? '') : value;
    return service.parameters
      .filter(({ kind }) => kind !== 'free')
      .map(parameter => [parameter.name, valueOf(parameter)]);
  }

  get kinds(): readonly CutoutKind[] {
    return this.area.kinds;
  }

  get kind(): CutoutKind | null {
    return this.area.kind;
  }

  get shape(): CutoutShape | null {
    return this.area.shape;
  }

  get shapeProblem(): string | null {
    return this.area.shapeProblem;
  }

  get bounds(): Region | null {
    return this.area.bounds;
  }

  setKind(kind: CutoutKind): void {
    this.area.setKind(kind);
  }

  setShape(shape: CutoutShape): void {
    this.area.setShape(shape);
  }

  /** Why it cannot be sent, one sentence; null where it can. */
  get problem(): string | null {
    const read = this._read();
    return 'problem' in read ? read.problem : null;
  }

  get request(): IServiceRequest | null {
    const read = this._read();
    return 'request' in read ? read.request : null;
  }

  /** What is given for the free parameters, the one stencil among them; null while wrong. */
  get values(): GivenValues | null {
    const { given } = this.form;
    const { shape, shapeProblem } = this.area;
    if (given === null || shapeProblem !== null) {
      return null;
    }
    const stencil = shape && stencilParameter(sodaOffer(this.service), shape);
    return stencil ? { ...given, [stencil[0]]: stencil[1] } : given;
  }

  get estimate(): ICutoutEstimate | null {
    const { shape, bounds } = this;
    return this.isCutout && shape !== null
      ? estimateOf(shape, bounds, this._options.facts)
      : null;
  }

  get state(): CutoutState {
    return this._state;
  }

  async run(): Promise<void> {
    const given = this.values;
    if (given === null || this.problem !== null || this._abort !== null) {
      return;
    }
    const stop = (this._abort = new AbortController());
    const state = await this._runTo({ ...this._task, given }, stop.signal);
    if (this._abort === stop) {
      this._abort = null;
      this._setState(state);
    }
  }

  cancel(): void {
    this._abort?.abort();
  }

  /** Stop, and tell nobody any more. */
  dispose(): void {
    this.cancel();
    this._abort = null;
    Signal.clearData(this);
  }

  private async _runTo(task: IServiceTask, signal: AbortSignal): Promise<CutoutState> {
    this._setState(STARTED);
    try {
      const results = await runService(this._options.means, task, signal, news => {
        if (!signal.aborted) {
          this._setState({ phase: 'running', ...news });
        }
      });
      return { phase: 'done', results };
    } catch (reason) {
      const error = asProtocolError(reason);
      return signal.aborted ? { phase: 'idle' } : { phase: 'failed', error };
    }
  }

  private get _task(): Omit<IServiceTask, 'given'> {
    const { service, row, id, title, meaning } = this._options;
    const name = fileName(title, this.isCutout);
    return { service, row, id, name, category: meaning };
  }

  private _read(): { request: IServiceRequest } | { problem: string } {
    const { form, area } = this;
    const wrong = form.fields.map(field => form.problemOf(field)).find(Boolean);
    const problem = area.shapeProblem ?? wrong;
    const given = this.values;
    if (problem || given === null) {
      return { problem: problem ?? '' };
    }
    if (this.isCutout && Object.keys(given).length === 0) {
      return { problem: 'Say what to cut out: draw a shape or fill in a field.' };
    }
    try {
      return { request: wholeRequest({ ...this._task, given }) };
    } catch (error) {
      if (error instanceof ProtocolError) {
        return { problem: error.message };
      }
      throw error;
    }
  }

  private _onInput(): void {
    if (this._state.phase === 'failed') {
      this._state = { phase: 'idle' };
    }
    this._changed.emit();
  }

  private _setState(state: CutoutState): void {
    this._state = state;
    this._changed.emit();
  }

  private _state: CutoutState = { phase: 'idle' };
  private _abort: AbortController | null = null;
  private readonly _changed = new Signal<this, void>(this);
}

const STARTED: CutoutState = {
  phase: 'running',
  received: 0,
  total: null,
  note: '',
  isSignedOut: false
};

/** Proposed where the service names none; what a file system dislikes is left out. */
function fileName(title: string, isCutout: boolean): string {
  const plain = title.replace(/\.fits(\.(gz|fz|Z))?$/i, '').replace(/[^\w.+-]+/g, '_');
  return isCutout ? `cutout-${plain}.fits` : plain;
}
