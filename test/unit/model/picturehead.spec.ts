import { describe, expect, it } from 'vitest';

import { readPictureHead } from '../../../src/model/picturehead.js';
import { bytesOf, gif, jpeg, png, webp } from './pictures.js';

const read = (letters: string) => readPictureHead(bytesOf(letters));

describe('readPictureHead', () => {
  it('reads the size of each format', () => {
    const size = { width: 640, height: 480 };
    expect(read(png(640, 480))).toEqual({ type: 'image/png', ...size });
    expect(read(jpeg(640, 480))).toEqual({ type: 'image/jpeg', ...size });
    expect(read(gif(640, 480))).toEqual({ type: 'image/gif', ...size });
    for (const kind of ['VP8 ', 'VP8L', 'VP8X'] as const) {
      expect(read(webp(kind, 640, 480))).toEqual({ type: 'image/webp', ...size });
    }
  });

  it('knows nothing that may hold a script', () => {
    const others = ['<svg xmlns=', '<?xml version', '<html>', 'RIFF....WAVE', ''];
    expect(others.map(read)).toEqual(others.map(() => null));
  });

  it('passes what stands before the frame of a JPEG, its own small picture among it', () => {
    const small = jpeg(16, 12);
    const size = small.length + 2;
    const app = `\xff\xe1${String.fromCharCode(size >> 8, size & 255)}${small}`;
    const head = '\xff\xd8' + app + '\xff\xff\xff' + jpeg(640, 480).slice(3);
    expect(read(head)).toMatchObject({ width: 640, height: 480 });
  });

  it('takes the first picture of a GIF for its size where that is larger', () => {
    expect(read(gif(1, 1, 60_000, 50_000))).toMatchObject({
      width: 60_000,
      height: 50_000
    });
  });

  it('takes no header for a picture that does not tell a size, or ends before', () => {
    for (const whole of [png(640, 480), jpeg(640, 480), gif(640, 480)]) {
      for (let length = 0; length < whole.length; length++) {
        expect(read(whole.slice(0, length))).toBeNull();
      }
    }
    expect(read(png(0, 480))).toBeNull();
    expect(read(jpeg(640, 0))).toBeNull();
    expect(read('\xff\xd8\xff\xd9')).toBeNull();
    expect(read(webp('ALPH', 640, 480))).toBeNull();
  });
});
