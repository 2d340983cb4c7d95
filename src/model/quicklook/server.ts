import { asProtocolError, isAbort, ProtocolError } from '../../protocol/errors.js';
import { shortest } from '../../protocol/shortest.js';
import type {
  IAxis,
  ICard,
  IFileInfo,
  IHdu,
  IPictureAnswer,
  IPictureRequest,
  IQuickLookClient,
  IRows,
  IRowsRequest,
  ISpectrum,
  IValueRequest
} from './client.js';
import { SkyGrid } from './sky.js';

/**
 * Sends a question to the route `api/quicklook`.
 *
 * @throws ProtocolError for any answer but the one that was asked for
 */
export type QuickLookFetch = (
  query: URLSearchParams,
  signal: AbortSignal
) => Promise<Response>;

/** Header with what is to be known about a picture, as JSON. */
const FACTS = 'X-Obsdeck-Facts';

/** The most points of a spectrum: no screen has more pixels, and magnified it shows them. */
const POINTS = 20_000;

type Query = Readonly<Record<string, string | number>>;

/** Files of the Jupyter server, as its route shows them. */
export class ServerQuickLook implements IQuickLookClient {
  constructor(private readonly _fetch: QuickLookFetch) {}

  async info(path: string, signal: AbortSignal): Promise<IFileInfo> {
    const { hdus, best } = await this._json<IInfoAnswer>(path, 'info', {}, signal);
    return { hdus: hdus.map(hduOf), best };
  }

  async picture(
    path: string,
    request: IPictureRequest,
    signal: AbortSignal
  ): Promise<IPictureAnswer> {
    const { hdu, plane, region, size, stretch, interval, limits } = request;
    const query = {
      hdu,
      plane,
      x0: region.x,
      y0: region.y,
      x1: region.x + region.width,
      y1: region.y + region.height,
      width: size.width,
      height: size.height,
      stretch,
      interval,
      ...(limits && { interval: 'manual', low: limits.low, high: limits.high })
    };
    const response = await this._ask(path, 'picture', query, signal);
    return told(async () => {
      const facts = JSON.parse(response.headers.get(FACTS) ?? '') as IPictureFacts;
      return { ...pictureOf(facts), png: await response.blob() };
    });
  }

  async header(
    path: string,
    hdu: number,
    signal: AbortSignal
  ): Promise<readonly ICard[]> {
    const answer = await this._json<{ readonly cards: readonly ICard[] }>(
      path,
      'header',
      { hdu },
      signal
    );
    return answer.cards;
  }

  async sky(path: string, hdu: number, signal: AbortSignal): Promise<SkyGrid | null> {
    try {
      const nodes = await this._json<ISkyAnswer>(path, 'sky', { hdu }, signal);
      return await told(() => gridOf(nodes));
    } catch (reason) {
      if (reason instanceof ProtocolError && reason.kind === 'not-found') {
        return null;
      }
      throw reason;
    }
  }

  async spectrum(path: string, hdu: number, signal: AbortSignal): Promise<ISpectrum> {
    const query = { hdu, width: POINTS };
    const answer = await this._json<ISpectrumAnswer>(path, 'spectrum', query, signal);
    return told(() => spectrumOf(answer));
  }

  async rows(path: string, request: IRowsRequest, signal: AbortSignal): Promise<IRows> {
    const { hdu, first, count } = request;
    const query = { hdu, start: first, count };
    const answer = await this._json<IRowsAnswer>(path, 'rows', query, signal);
    return told(() => rowsOf(answer));
  }

  async value(
    path: string,
    request: IValueRequest,
    signal: AbortSignal
  ): Promise<string> {
    const answer = await this._json<IValueAnswer>(
      path,
      'value',
      { ...request },
      signal
    );
    const value = answer.values[0]?.[0] ?? null;
    return value === null ? '' : String(value);
  }

  private async _json<T>(
    path: string,
    what: string,
    query: Query,
    signal: AbortSignal
  ): Promise<T> {
    const response = await this._ask(path, what, query, signal);
    return told(async () => (await response.json()) as T);
  }

  private _ask(
    path: string,
    what: string,
    query: Query,
    signal: AbortSignal
  ): Promise<Response> {
    const parameters = new URLSearchParams({ path, what });
    for (const [name, value] of Object.entries(query)) {
      parameters.set(name, String(value));
    }
    return this._fetch(parameters, signal);
  }
}

interface IInfoAnswer {
  readonly hdus: readonly IHduAnswer[];
  readonly best: number | null;
}

interface IHduAnswer {
  readonly index: number;
  readonly name: string;
  readonly kind: 'image' | 'cube' | 'spectrum' | 'table' | 'empty' | 'unreadable';
  /** NAXIS1 first; empty for what is no image. */
  readonly shape: readonly number[];
  readonly unit: string;
  readonly hasSky: boolean;
  readonly rows?: number;
  readonly columns?: readonly { readonly name: string; readonly unit: string }[];
  readonly planes?: { readonly count: number; readonly axis: IAxisAnswer | null };
  readonly message?: string;
}

interface IAxisAnswer {
  readonly name: string;
  readonly unit: string;
  readonly values: readonly (number | null)[];
}

interface IPictureFacts {
  readonly region: {
    readonly x0: number;
    readonly y0: number;
  };
  /** Pixels of the image, a side, in one of the picture. */
  readonly factor: number;
  readonly width: number;
  readonly height: number;
  readonly low: number | null;
  readonly high: number | null;
}

interface ISkyAnswer {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly vectors: readonly (readonly number[] | null)[];
}

interface ISpectrumAnswer {
  readonly x: IAxisAnswer;
  readonly y: readonly IAxisAnswer[];
  readonly count: number;
}

/** A cell of a table; the first elements stand for an array. */
type CellAnswer =
  | number
  | string
  | boolean
  | null
  | { readonly length: number; readonly first: readonly CellAnswer[] };

interface IRowsAnswer {
  readonly start: number;
  readonly total: number;
  /** `format` is TFORM. */
  readonly columns: readonly { readonly format: string }[];
  readonly rows: readonly (readonly CellAnswer[])[];
}

interface IValueAnswer {
  readonly values: readonly (readonly (number | null)[])[];
}

/** What was made of an answer; what breaks off or makes no sense is our own server's fault. */
async function told<T>(make: () => T | Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (cause) {
    if (isAbort(cause)) {
      throw cause;
    }
    const message = 'The Jupyter server sent an answer that cannot be read.';
    throw new ProtocolError('bad-answer', message, {
      archive: '',
      cause: asProtocolError(cause)
    });
  }
}

function hduOf(answer: IHduAnswer): IHdu {
  const { index, name, kind, rows, columns, message = '' } = answer;
  const isImage = kind === 'image' || kind === 'cube';
  const shown = kind === 'spectrum' || kind === 'table' ? kind : 'none';
  return {
    index,
    name,
    kind: isImage ? 'image' : shown,
    image: isImage ? imageOf(answer) : null,
    table: rows === undefined ? null : { rows, columns: columns ?? [] },
    message
  };
}

function imageOf({ shape, unit, hasSky, planes }: IHduAnswer): IHdu['image'] {
  return {
    width: shape[0],
    height: shape[1],
    planes: planes?.count ?? 1,
    planeAxis: planes?.axis ? axisOf(planes.axis) : null,
    unit,
    hasSky
  };
}

/** The pixels at the upper edges may stand for less; they are drawn at full size. */
function pictureOf(facts: IPictureFacts): Omit<IPictureAnswer, 'png'> {
  const { region, factor, width, height, low, high } = facts;
  return {
    region: {
      x: region.x0,
      y: region.y0,
      width: width * factor,
      height: height * factor
    },
    limits: { low: low ?? 0, high: high ?? 1 }
  };
}

function gridOf({ x, y, vectors }: ISkyAnswer): SkyGrid {
  const numbers = new Float64Array(3 * vectors.length).fill(NaN);
  vectors.forEach((vector, node) => vector && numbers.set(vector, 3 * node));
  return new SkyGrid({ x, y, vectors: numbers });
}

function spectrumOf({ x, y, count }: ISpectrumAnswer): ISpectrum {
  return { x: axisOf(x), y: y.map(axisOf), count };
}

function axisOf({ name, unit, values }: IAxisAnswer): IAxis {
  return { name, unit, values: values.map(value => value ?? NaN) };
}

function rowsOf({ start, total, columns, rows }: IRowsAnswer): IRows {
  const isSingle = columns.map(({ format }) => /^\s*\d*E/.test(format));
  return {
    first: start,
    total,
    rows: rows.map(row => row.map((cell, index) => cellText(cell, isSingle[index])))
  };
}

/**
 * A cell as text; null for no value. Arrays show how they begin, and how long they are.
 *
 * @param isSingle - its numbers are 32-bit floats, of which few digits are true
 */
function cellText(cell: CellAnswer, isSingle: boolean): string | null {
  if (cell === null) {
    return null;
  }
  if (typeof cell === 'object') {
    const first = cell.first.map(value => cellText(value, isSingle) ?? '\u2013');
    const more = cell.length > first.length ? [`\u2026 ${cell.length}`] : [];
    return `[${[...first, ...more].join(', ')}]`;
  }
  return typeof cell === 'number' ? shortest(cell, isSingle) : String(cell);
}
