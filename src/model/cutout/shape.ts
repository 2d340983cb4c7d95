import { type ISignal, Signal } from '@lumino/signaling';

import type { Region } from '../../protocol/region.js';
import { reshaped } from './reshape.js';
import {
  readShape,
  shapeTexts,
  type ShapePlace,
  type ShapeTexts
} from './shapetext.js';
import type { CutoutKind, CutoutShape, ICutoutShape } from './types.js';

/** What is wrong with a shape, and at which of its fields. */
export interface IShapeProblem {
  /** Null where it is the shape as a whole. */
  readonly place: ShapePlace | null;
  /** One sentence. */
  readonly words: string;
}

/** What a {@link ShapeModel} is made of. */
export interface IShapeOptions {
  /** What the service takes, the usual one first. */
  readonly kinds: readonly CutoutKind[];
  /** Outline of the data; null when nobody told. */
  readonly bounds: Region | null;
  /** Proposed; null where nothing is known of the data. */
  readonly shape: CutoutShape | null;
  /** Why a shape cannot be cut out, one sentence; null where it can. */
  check(shape: CutoutShape): string | null;
}

/** The shape of a cutout, typed or drawn: the texts of its fields and the shape go in step. */
export class ShapeModel implements ICutoutShape {
  constructor(private readonly _options: IShapeOptions) {
    const [first = null] = _options.kinds;
    this._kind = first;
    if (first !== null && _options.shape !== null) {
      this._take(reshaped(_options.shape, first));
    }
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get kinds(): readonly CutoutKind[] {
    return this._options.kinds;
  }

  get bounds(): Region | null {
    return this._options.bounds;
  }

  get kind(): CutoutKind | null {
    return this._kind;
  }

  get shape(): CutoutShape | null {
    return this._shape;
  }

  get shapeProblem(): string | null {
    return this.problem?.words ?? null;
  }

  /** What is wrong; null while nothing was typed, too. */
  get problem(): IShapeProblem | null {
    return this._problem;
  }

  /** True where none of the fields has anything in it: no shape is sent. */
  get isEmpty(): boolean {
    return Object.values(this._texts).every(text => text.trim() === '');
  }

  /** What the fields hold. */
  get texts(): ShapeTexts {
    return this._texts;
  }

  setKind(kind: CutoutKind): void {
    if (kind === this._kind || !this.kinds.includes(kind)) {
      return;
    }
    this._kind = kind;
    const from = this._shape ?? this._options.shape;
    if (from === null) {
      this._texts = {};
      this._read();
    } else {
      this._take(reshaped(from, kind));
    }
    this._changed.emit();
  }

  setShape(shape: CutoutShape): void {
    if (this.kinds.includes(shape.kind)) {
      this._kind = shape.kind;
      this._take(shape);
      this._changed.emit();
    }
  }

  /** Type into a field. */
  setText(place: ShapePlace, text: string): void {
    this._texts = { ...this._texts, [place]: text };
    this._read();
    this._changed.emit();
  }

  /** The fields hold what is drawn, and the shape is what the fields hold. */
  private _take(shape: CutoutShape): void {
    this._texts = shapeTexts(shape);
    this._read();
  }

  private _read(): void {
    this._shape = null;
    this._problem = null;
    if (this._kind === null || this.isEmpty) {
      return;
    }
    const read = readShape(this._kind, this._texts);
    if ('shape' in read) {
      this._shape = read.shape;
      const words = this._options.check(read.shape);
      this._problem = words === null ? null : { place: null, words };
    } else {
      const words = read.problem ?? 'The shape is not complete.';
      this._problem = { place: read.place, words };
    }
  }

  private _kind: CutoutKind | null;
  private _shape: CutoutShape | null = null;
  private _problem: IShapeProblem | null = null;
  private _texts: ShapeTexts = {};
  private readonly _changed = new Signal<this, void>(this);
}
