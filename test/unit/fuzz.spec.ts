import { describe, expect, it } from 'vitest';

import { makeCase } from '../fuzz/cases.mjs';
import { Random } from '../fuzz/random.mjs';
import { randomTable, SERIALIZATIONS } from '../fuzz/tables.mjs';
import { isWellFormed } from '../fuzz/wellformed.mjs';
import { readVOTable } from '../../src/protocol/votable/index.js';

const NUMBERS = Array.from({ length: 60 }, (_, number) => number);

describe('the fuzzer of the VOTable reader', () => {
  it('makes the same case again from seed and number, and others from others', () => {
    const [first, again, other] = [7, 7, 8].map(number => makeCase(1, number));
    expect(again).toEqual(first);
    expect(other.bytes).not.toEqual(first.bytes);
  });

  it.each(SERIALIZATIONS)('starts from %s that can be read', async serialization => {
    for (const number of NUMBERS) {
      const bytes = Buffer.from(randomTable(new Random(1, number), serialization));
      expect(bytes.length).toBeGreaterThanOrEqual(1024);
      expect(isWellFormed(bytes)).toBe(true);
      const { tables } = await readVOTable(bytes);
      expect(tables[0].arrow.numRows).toBeGreaterThan(0);
    }
  });

  it('leaves at least three documents in ten well-formed', () => {
    const intact = NUMBERS.filter(number => isWellFormed(makeCase(1, number).plain));
    expect(intact.length / NUMBERS.length).toBeGreaterThanOrEqual(0.3);
  });

  it('keeps all bytes of a document in its pieces', () => {
    for (const number of NUMBERS) {
      const { bytes, chunks } = makeCase(1, number);
      expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
    }
  });

  it.each([
    ['<a>\u0001</a>', false],
    ['<a b="<"/>', false],
    ['<a>&x;</a>', false],
    ['<a>&#10;</a>', true],
    ['<a><![CDATA[&<]]></a>', true],
    ['<a></b>', false]
  ])('judges %s', (text, expected) => {
    expect(isWellFormed(new TextEncoder().encode(text))).toBe(expected);
  });
});
