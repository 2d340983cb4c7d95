import { describe, expect, it } from 'vitest';

import {
  fetchPicture,
  pictureType,
  previewColumns
} from '../../../src/model/previews.js';
import type { ITransport, ITransportRequest } from '../../../src/protocol/transport.js';
import { field } from './rows.js';

const text = (name: string, ucd: string | null = null) => ({
  ...field(name, 'char', null),
  ucd
});

const bytes = (letters: string): Uint8Array =>
  Uint8Array.from(letters, letter => letter.charCodeAt(0));

const PNG = '\x89PNG\r\n\x1a\n....';

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

const fetched = (transport: ITransport): Promise<Blob> =>
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

describe('pictureType', () => {
  it('goes by the first bytes, and knows nothing that may hold a script', () => {
    expect(pictureType(bytes(PNG))).toBe('image/png');
    expect(pictureType(bytes('\xff\xd8\xff\xe0'))).toBe('image/jpeg');
    expect(pictureType(bytes('GIF89a'))).toBe('image/gif');
    expect(pictureType(bytes('RIFF....WEBPVP8'))).toBe('image/webp');
    const others = ['<svg xmlns=', '<?xml version', '<html>', 'RIFF....WAVE', ''];
    expect(others.map(other => pictureType(bytes(other)))).toEqual(
      others.map(() => null)
    );
  });
});

describe('fetchPicture', () => {
  it('asks as anyone, and believes the bytes alone', async () => {
    const { transport, asked } = service([bytes(PNG.slice(0, 3)), bytes(PNG.slice(3))]);
    const picture = await fetched(transport);
    expect([picture.type, picture.size]).toEqual(['image/png', PNG.length]);
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
});
