import type { SkyGrid } from './sky.js';
import type { IRegion, ISize } from './viewport.js';

/** How brightness grows with the value. */
export const STRETCHES = ['asinh', 'linear', 'log', 'sqrt'] as const;
export type Stretch = (typeof STRETCHES)[number];

/** Which values become black and white: found in the picture, or a share of its values. */
export const INTERVALS = ['zscale', '99', '99.5', 'minmax'] as const;
export type Interval = (typeof INTERVALS)[number];

/** A file as Quick look sees it. */
export interface IFileInfo {
  readonly hdus: readonly IHdu[];
  /** Place of the HDU that is shown first; null where none can be shown. */
  readonly best: number | null;
}

/** What there is to see in an HDU. */
export type HduKind = 'image' | 'spectrum' | 'table' | 'none';

/** One header with its data. */
export interface IHdu {
  /** Place in the file, from 0. */
  readonly index: number;
  /** EXTNAME; empty where it has none. */
  readonly name: string;
  readonly kind: HduKind;
  /** Of an image; null for others. */
  readonly image: IImageFacts | null;
  /** Of a table, or a spectrum that is kept in one; null for others. */
  readonly table: ITableFacts | null;
  /** Why it cannot be shown, or only a part: one sentence; empty where all is well. */
  readonly message: string;
}

/** What is known of an image before any of it is read. */
export interface IImageFacts extends ISize {
  /** Planes of a cube, all further axes taken together; 1 for a picture. */
  readonly planes: number;
  /** What the planes stand for; null where nothing is known. */
  readonly planeAxis: IAxis | null;
  /** BUNIT; empty where none is given. */
  readonly unit: string;
  /** Whether positions on the sky are known. */
  readonly hasSky: boolean;
}

/** What is known of a table before any row is read. */
export interface ITableFacts {
  readonly rows: number;
  readonly columns: readonly IColumn[];
}

/** A column of a table. */
export interface IColumn {
  readonly name: string;
  readonly unit: string;
}

/** Which values of which pixels become which brightness. */
export interface IPictureRequest {
  readonly hdu: number;
  readonly plane: number;
  readonly region: IRegion;
  /** The most that is wanted, px. */
  readonly size: ISize;
  readonly stretch: Stretch;
  readonly interval: Interval;
  /** Limits by hand, in the unit of the image; null where the interval finds them. */
  readonly limits: ILimits | null;
}

/** Values that are shown black and white. */
export interface ILimits {
  readonly low: number;
  readonly high: number;
}

/** A picture as it came. */
export interface IPictureAnswer {
  readonly png: Blob;
  /** Pixels of the image that it shows. */
  readonly region: IRegion;
  readonly limits: ILimits;
}

/** A card of a header (FITS 4.0 §4.1). */
export interface ICard {
  readonly keyword: string;
  /** As text. */
  readonly value: string;
  readonly comment: string;
}

/** A spectrum, or what else depends on one quantity. */
export interface ISpectrum {
  readonly x: IAxis;
  /** One or more curves over the same x. */
  readonly y: readonly IAxis[];
  /** Values there are in all; more than are here where the spectrum was thinned. */
  readonly count: number;
}

/** One quantity; NaN where there is no value. */
export interface IAxis {
  readonly name: string;
  readonly unit: string;
  readonly values: readonly number[];
}

/** Some rows of a table. */
export interface IRows {
  /** Number of the first one, from 0. */
  readonly first: number;
  /** Rows there are: fewer than the header says where the file is cut off. */
  readonly total: number;
  /** Cells as text for the screen; null for no value. */
  readonly rows: readonly (readonly (string | null)[])[];
}

/** Reads files of the Jupyter server. All methods reject with a ProtocolError. */
export interface IQuickLookClient {
  info(path: string, signal: AbortSignal): Promise<IFileInfo>;
  picture(
    path: string,
    request: IPictureRequest,
    signal: AbortSignal
  ): Promise<IPictureAnswer>;
  header(path: string, hdu: number, signal: AbortSignal): Promise<readonly ICard[]>;
  /** Positions all over an image; null where none are known. */
  sky(path: string, hdu: number, signal: AbortSignal): Promise<SkyGrid | null>;
  spectrum(path: string, hdu: number, signal: AbortSignal): Promise<ISpectrum>;
  rows(path: string, request: IRowsRequest, signal: AbortSignal): Promise<IRows>;
  /** Value of a pixel as text; empty where it has none. */
  value(path: string, request: IValueRequest, signal: AbortSignal): Promise<string>;
}

/** Which rows of a table. */
export interface IRowsRequest {
  readonly hdu: number;
  readonly first: number;
  readonly count: number;
}

/** Which pixel. */
export interface IValueRequest {
  readonly hdu: number;
  readonly plane: number;
  /** Counted from 0. */
  readonly x: number;
  readonly y: number;
}
