import { vi } from 'vitest';

import type {
  IHdu,
  IPictureAnswer,
  IPictureRequest,
  IQuickLookClient
} from '../../../../src/model/quicklook/client.js';
import type { IGreyPicture } from '../../../../src/model/quicklook/parts.js';
import type { ImageHdu } from '../../../../src/model/quicklook/picture.js';
import { SkyGrid } from '../../../../src/model/quicklook/sky.js';
import { directionOf } from '../../../../src/protocol/direction.js';
import type { ISize } from '../../../../src/model/quicklook/viewport.js';
import type { IPosition } from '../../../../src/protocol/position.js';

/** An HDU with an image of 4000 x 2000 pixels. */
export function imageHdu(facts: Partial<ImageHdu['image']> = {}): ImageHdu {
  const image = {
    width: 4000,
    height: 2000,
    planes: 1,
    planeAxis: null,
    unit: 'adu',
    hasSky: false,
    ...facts
  };
  return { index: 1, name: 'SCI', kind: 'image', image, table: null, message: '' };
}

/** An HDU with a table of 1000 rows. */
export function tableHdu(index = 1): IHdu {
  const columns = [
    { name: 'ID', unit: '' },
    { name: 'MAG', unit: 'mag' }
  ];
  const table = { rows: 1000, columns };
  return { index, name: 'CAT', kind: 'table', image: null, table, message: '' };
}

/** A plate carrée around a position: `scale` degrees a pixel, east to the left. */
export function plateOf(
  at: IPosition,
  scale: number,
  { width, height }: { readonly width: number; readonly height: number }
): SkyGrid {
  const nodes = (length: number): number[] =>
    Array.from({ length: 9 }, (_, index) => (index / 8) * length - 0.5);
  const [x, y] = [nodes(width), nodes(height)];
  const cosine = Math.cos((at.dec * Math.PI) / 180);
  const vectors = y.flatMap(row =>
    x.flatMap(column => [
      ...directionOf({
        ra: at.ra - ((column - (width - 1) / 2) * scale) / cosine,
        dec: at.dec + (row - (height - 1) / 2) * scale
      })
    ])
  );
  return new SkyGrid({ x, y, vectors });
}

/** A picture that is asked for, to be answered when the test wants. */
export interface IAskedPicture {
  readonly request: IPictureRequest;
  readonly signal: AbortSignal;
  answer(): void;
  fail(reason: Error): void;
}

/** A client whose pictures come when told to; everything else at once. */
export function fakeClient(more: Partial<IQuickLookClient> = {}): {
  readonly client: IQuickLookClient;
  readonly pictures: IAskedPicture[];
} {
  const pictures: IAskedPicture[] = [];
  const picture = (
    _: string,
    request: IPictureRequest,
    signal: AbortSignal
  ): Promise<IPictureAnswer> =>
    new Promise((resolve, reject) =>
      pictures.push({
        request,
        signal,
        answer: () => resolve(answerTo(request)),
        fail: reject
      })
    );
  const client: IQuickLookClient = {
    info: async () => ({ hdus: [imageHdu()], best: 1 }),
    picture,
    header: async () => [],
    sky: async () => null,
    spectrum: async () => ({ x: axis([]), y: [axis([])], count: 0 }),
    rows: async (_, { first, count }) => ({
      first,
      total: 1000,
      rows: Array.from({ length: Math.min(count, 1000 - first) }, (_row, index) => [
        String(first + index),
        (first + index) % 2 ? null : '20.5'
      ])
    }),
    value: vi.fn(async () => '12.5'),
    ...more
  };
  return { client, pictures };
}

/** Sizes of the fake pictures. */
const sizes = new WeakMap<Blob, ISize>();

/** Levels of the size that was asked for. */
export async function fakeDecode(png: Blob): Promise<IGreyPicture> {
  const { width, height } = sizes.get(png)!;
  return { width, height, levels: new Uint8Array(width * height), opaque: null };
}

/** An axis with these values. */
export function axis(values: readonly number[], name = 'WAVE', unit = 'nm') {
  return { name, unit, values };
}

function answerTo({ region, size }: IPictureRequest): IPictureAnswer {
  const png = new Blob();
  sizes.set(png, size);
  return { png, region, limits: { low: 10, high: 20 } };
}
