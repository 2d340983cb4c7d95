import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { TextStore } from '../../../../src/protocol/votable/columns/textstore.js';
import { copyUtf16 } from '../../../../src/protocol/votable/utf8.js';
import { utf8 } from './support.js';

const viewed = (bytes: Uint8Array) => ({ bytes, view: new DataView(bytes.buffer) });

/** A store that has room and holds the text `ab` already. */
function started(): TextStore {
  const store = new TextStore();
  store.bytes.set(utf8('ab'));
  store.used = 2;
  return store;
}

/** The text that a store got in addition, and where its source ended. */
function copyCell(bytes: Uint8Array, end = bytes.length): [string, number] {
  const store = started();
  const stop = store.copyCell(viewed(bytes), 0, end);
  return [new TextDecoder().decode(store.bytes.subarray(2, store.used)), stop];
}

describe('TextStore', () => {
  it('copies a cell of any length up to its end', () => {
    for (let length = 0; length < 40; length++) {
      const text = 'abcdefghijklmnopqrstuvwxyz \t\n!~0123456789'.slice(0, length);
      expect(copyCell(utf8(`${text}</TD>`))).toEqual([text, length]);
    }
  });

  it('leaves a cell with anything but ASCII text to others, wherever it stands', () => {
    const cared = [...Array(32).keys(), 0x80, 0xc3, 0xff].filter(
      byte => byte !== 9 && byte !== 10
    );
    for (const byte of [...cared, 0x26]) {
      for (let at = 0; at < 12; at++) {
        const cell = utf8('abcdefghijkl</TD>');
        cell[at] = byte;
        expect(copyCell(cell)).toEqual(['', -1]);
      }
    }
  });

  it('takes every other character for text, wherever it stands', () => {
    for (let byte = 32; byte < 128; byte++) {
      for (let at = 0; at < 8; at++) {
        const cell = utf8('abcdefgh</TD>');
        cell[at] = byte;
        const text = new TextDecoder().decode(cell.subarray(0, 8));
        const isSpecial = byte === 0x26 || byte === 0x3c;
        expect(isSpecial || copyCell(cell)).toEqual(isSpecial || [text, 8]);
      }
    }
  });

  it('resolves the references of XML, wherever they stand', () => {
    for (let at = 0; at < 10; at++) {
      const [head, tail] = ['abcdefghij'.slice(0, at), 'klm'];
      const cell = utf8(`${head}&amp;&lt;&gt;&quot;&apos;${tail}<`);
      expect(copyCell(cell)).toEqual([`${head}&<>"'${tail}`, cell.length - 1]);
      expect(copyCell(utf8(`${head}&#65;${tail}<`))).toEqual(['', -1]);
      expect(copyCell(utf8(`${head}&am`))).toEqual(['', -1]);
    }
  });

  it('looks at nothing behind the end', () => {
    const cell = utf8('abcdefg&amp;h</TD>');
    for (let end = 0; end <= 13; end++) {
      expect(copyCell(cell, end)).toEqual(['', -1]);
    }
  });

  it('writes nothing where it has no room', () => {
    const store = new TextStore();
    const room = store.bytes.length;
    const cell = viewed(utf8('a'.repeat(room + 1) + '</TD>'));
    expect(store.copyCell(cell, 0, cell.bytes.length)).toBe(-1);
    store.reserve(room + 2);
    expect(store.copyCell(cell, 0, cell.bytes.length)).toBe(room + 1);
  });

  it('copies ASCII up to a NUL and leaves other text to others', () => {
    for (let at = 0; at < 12; at++) {
      const bytes = utf8('abcdefghijkl');
      bytes[at] = 0;
      const store = new TextStore();
      expect(store.copyAscii(viewed(bytes), 0, 12)).toBe(true);
      expect(store.used).toBe(at);
      bytes[at] = 0x80;
      expect(store.copyAscii(viewed(bytes), 0, 12)).toBe(false);
      expect(store.used).toBe(at);
    }
  });

  it('has of UTF-16 what is had from one unit after the other', () => {
    const unit = fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 1, max: 127 }) },
      fc.constantFrom(0, 0x7f, 0x80, 0xff, 0x100, 0x7ff, 0xd83d, 0xde00, 0xffff)
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 24 }), units => {
        const bytes = Uint8Array.from(
          units.flatMap(value => [value >> 8, value & 255])
        );
        const out = new Uint8Array(100);
        const length = copyUtf16(bytes, 0, bytes.length, out, 0);
        const store = started();
        store.copyUtf16(viewed(bytes), 0, bytes.length);
        expect(store.bytes.slice(2, store.used)).toEqual(out.slice(0, length));
      }),
      { numRuns: 2000 }
    );
  });
});
