import { describe, expect, it } from 'vitest';

import {
  fetchPicture,
  type IPictureFile,
  previewColumns
} from '../../../src/model/previews.js';
import type { ITransport, ITransportRequest } from '../../../src/protocol/transport.js';
import { bytesOf as bytes, png } from './pictures.js';
import { field } from './rows.js';

const text = (name: string, ucd: string | null = null) => ({
  ...field(name, 'char', null),
  ucd
});

const PNG = png(640, 480);

/** A service that gives these pieces. */
function service(pieces: readonly Uint8Array[], status = 200) {
  const asked: ITransportRequest[] = [];
  let cancelled = false;
  const transport: ITransport = {
    request: (_, request) => {
      asked.push(request);
      const left = [...pieces];
      const body = new ReadableStream<Uint8Array>({
        pull: controller => {
          const piece = left.shift();
          if (piece) {
            controller.enqueue(piece);
          } else {
            controller.close();
          }
        },
        cancel: () => void (cancelled = true)
      });
      return Promise.resolve({ status, url: request.url, header: () => null, body });
    }
  };
  return { transport, asked, wasCancelled: () => cancelled };
}

const fetched = (transport: ITransport): Promise<IPictureFile> =>
  fetchPicture(transport, 'test', 'https://x/p.png', new AbortController().signal);

describe('previewColumns', () => {
  it('are told by their UCD, or are those of ObsCore with a content type', () => {
    expect(previewColumns([text('a'), text('b', 'meta.ref.url;meta.preview')])).toEqual(
      {
        url: 1,
        type: null
      }
    );
    expect(previewColumns([text('access_format'), text('access_url')])).toEqual({
      url: 1,
      type: 0
    });
    expect(previewColumns([text('thumbnail')])).toEqual({ url: 0, type: null });
    expect(previewColumns([text('access_url'), text('obs_id')])).toBeNull();
  });
});

describe('fetchPicture', () => {
  it('asks as anyone, and believes the bytes alone', async () => {
    const { transport, asked } = service([bytes(PNG.slice(0, 3)), bytes(PNG.slice(3))]);
    const picture = await fetched(transport);
    const { blob, width, height } = picture;
    expect([blob.type, blob.size]).toEqual(['image/png', PNG.length]);
    expect([width, height]).toEqual([640, 480]);
    expect([asked[0].as, asked[0].method]).toEqual([undefined, undefined]);
    await expect(
      fetched(service([bytes('<svg onload="x()">')]).transport)
    ).rejects.toThrow('What came is no picture.');
  });

  it('reads no more than a picture may have, and no answer that is an error', async () => {
    const much = new Uint8Array(5_000_000);
    const large = service([bytes(PNG), much, much, much]);
    await expect(fetched(large.transport)).rejects.toThrow('The picture is too large.');
    expect(large.wasCancelled()).toBe(true);
    await expect(fetched(service([bytes(PNG)], 404).transport)).rejects.toThrow(
      'No picture came.'
    );
  });

  it('refuses pictures whose few bytes stand for very many pixels', async () => {
    const bombs: [number, number][] = [
      [65_500, 65_500],
      [4097, 4096],
      [16_385, 1],
      [1, 4_000_000_000]
    ];
    for (const [width, height] of bombs) {
      const bomb = service([bytes(png(width, height))]);
      await expect(fetched(bomb.transport)).rejects.toThrow(
        `The picture is too large: ${width} × ${height} pixels.`
      );
    }
    const large = await fetched(service([bytes(png(4096, 4096))]).transport);
    expect(large.width).toBe(4096);
  });
});
