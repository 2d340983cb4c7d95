import type { ISignal } from '@lumino/signaling';

import type {
  IServiceDescriptor,
  IServiceRequest
} from '../../protocol/datalink/types.js';
import type { ProtocolError } from '../../protocol/errors.js';
import type { Region } from '../../protocol/region.js';
import type { Stencil, StencilKind } from '../../protocol/soda/types.js';

/** What is cut out of the sky: ICRS, degrees. */
export type CutoutShape = Stencil;

/** The ways in which a cutout can be drawn. */
export type CutoutKind = StencilKind;

/** How large a cutout will be, roughly. */
export interface ICutoutEstimate {
  /** Pixels along the sides of the box around the shape; null where no pixel scale is known. */
  readonly pixels: readonly [width: number, height: number] | null;
  /** Bytes; null where nobody said how large the whole is. */
  readonly bytes: number | null;
  /** Degrees; null where it is not known. */
  readonly pixelScale: number | null;
}

/** What came back. */
export type CutoutResult =
  /** Saved in the Jupyter root. */
  | { readonly kind: 'file'; readonly path: string }
  /** Short enough to be shown. */
  | { readonly kind: 'text'; readonly text: string }
  /** Opened elsewhere as rows. */
  | { readonly kind: 'table' };

/** What the service is doing. */
export type CutoutState =
  | { readonly phase: 'idle' }
  | {
      readonly phase: 'running';
      /** Bytes that have arrived. */
      readonly received: number;
      /** Bytes in all; null when unknown. */
      readonly total: number | null;
      /** What it waits for, one sentence; empty where it works. */
      readonly note: string;
      /** It waits for a sign-in. */
      readonly isSignedOut: boolean;
    }
  /** One result, or one for each request where the service takes one value at a time. */
  | { readonly phase: 'done'; readonly results: readonly CutoutResult[] }
  | { readonly phase: 'failed'; readonly error: ProtocolError };

/** What a picture needs to draw a cutout's shape and to let it be dragged. */
export interface ICutoutShape {
  /** Emitted when anything here changed. */
  readonly changed: ISignal<unknown, void>;
  /** What the service takes; empty where it takes no shape. */
  readonly kinds: readonly CutoutKind[];
  /** The one in use; null where the service takes none. */
  readonly kind: CutoutKind | null;
  /** Null while the fields are empty or wrong. */
  readonly shape: CutoutShape | null;
  /** Why the shape cannot be cut out, one sentence: “The circle is outside this image.” */
  readonly shapeProblem: string | null;
  /** Outline of the data; null when nobody told. */
  readonly bounds: Region | null;
  /** Use another kind; the shape becomes one of that kind around the same place. */
  setKind(kind: CutoutKind): void;
  /** As drawn; the fields follow. A kind the service does not take is ignored. */
  setShape(shape: CutoutShape): void;
}

/** A cutout that is being specified, or any other described service that is filled in. */
export interface ICutoutModel extends ICutoutShape {
  readonly service: IServiceDescriptor;
  /** Name of the data: what is cut out of what. */
  readonly subject: string;
  /** What would be sent; null while something is wrong. */
  readonly request: IServiceRequest | null;
  /** Null for other services than cutouts, and while there is no shape. */
  readonly estimate: ICutoutEstimate | null;
  readonly state: CutoutState;
  /** Send it. Never throws: see {@link state}. */
  run(): Promise<void>;
  /** Wait no longer for what was sent. */
  cancel(): void;
}
