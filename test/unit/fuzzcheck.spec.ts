import { describe, expect, it, vi } from 'vitest';

import { makeCase } from '../fuzz/cases.mjs';
import { check, type IReader } from '../fuzz/check.mjs';
import { smaller } from '../fuzz/smaller.mjs';
import { Watchdog } from '../fuzz/watchdog.mjs';
import { isWellFormed } from '../fuzz/wellformed.mjs';
import { ProtocolError } from '../../src/protocol/errors.js';
import { streamVOTable, type VOTableEvent } from '../../src/protocol/votable/index.js';

const SOUND: IReader = { streamVOTable, ProtocolError };

const TEXT =
  '<VOTABLE><RESOURCE><TABLE><FIELD name="s" datatype="char" arraysize="*"/>' +
  '<FIELD name="n" datatype="int"/><DATA><TABLEDATA><TR><TD>é1</TD><TD>1</TD></TR>' +
  '<TR><TD>b</TD><TD>2</TD></TR></TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>';
const bytes = new TextEncoder().encode(TEXT);
const ONE = { bytes, chunks: [bytes.subarray(0, 100), bytes.subarray(100)] };

/** A reader whose events are changed on their way. */
function changed(change: (event: VOTableEvent, pieces: boolean) => void): IReader {
  return {
    ProtocolError,
    async *streamVOTable(source) {
      for await (const event of streamVOTable(source)) {
        change(event, !(source instanceof Uint8Array));
        yield event;
      }
    }
  };
}

/** A reader that changes the numbers or texts of the rows. */
function withData(
  column: number,
  change: (values: Uint8Array | Int32Array, offsets: Int32Array) => void,
  onlyPieces = false
): IReader {
  return changed((event, pieces) => {
    if (event.type === 'batch' && (pieces || !onlyPieces)) {
      const { values, valueOffsets } = event.batch.data.children[column];
      change(values, valueOffsets);
    }
  });
}

describe('the check of the fuzzer', () => {
  it('finds nothing in the reader as it is', async () => {
    expect(await check(SOUND, ONE)).toBeNull();
    for (let number = 0; number < 60; number++) {
      expect(await check(SOUND, makeCase(9, number)), `case ${number}`).toBeNull();
    }
  });

  it.each<[string, RegExp, IReader]>([
    [
      'another value in pieces',
      /otherwise in pieces:\n.*\t2\n.*\t7$/,
      withData(1, values => values.set([7], 1), true)
    ],
    ['offsets that fall', /offsets fall/, withData(0, (_, at) => at.set([0, 9, 4]))],
    [
      'an offset behind the values',
      /beyond the values/,
      withData(0, (_, at) => at.set([99], 2))
    ],
    ['text that is not UTF-8', /not UTF-8/, withData(0, values => values.set([0xff]))],
    [
      'a character that is cut',
      /character is cut/,
      withData(0, (_, at) => at.set([1], 1))
    ],
    [
      'a wrong count of rows',
      /count of rows/,
      changed(event => {
        if (event.type === 'batch') {
          Object.assign(event, { rows: 3 });
        }
      })
    ],
    [
      'an error of another class',
      /^TypeError: so there/,
      changed(() => {
        throw new TypeError('so there');
      })
    ],
    [
      'an error that is no sentence',
      /is no sentence/,
      changed(() => {
        throw new ProtocolError('bad-answer', 'no');
      })
    ],
    [
      'a row of the error that is not the next',
      /0 rows, 2 given/,
      changed(event => {
        if (event.type === 'end') {
          throw new ProtocolError('bad-answer', 'Row 1 is bad.', { row: 0 });
        }
      })
    ]
  ])('finds %s', async (_, problem, reader) => {
    expect(await check(reader, ONE)).toMatch(problem);
  });

  it('finds buffers that a small document cannot need', async () => {
    const held: Uint8Array[] = [];
    const greedy = changed(() => held.push(new Uint8Array(40 * 1024 * 1024)));
    expect(await check(greedy, ONE)).toMatch(/took \d+ MB of buffers/);
  });
});

it('a finding is made smaller as long as it shows the same problem', async () => {
  const broken = changed(event => {
    if (event.type === 'batch' && event.rows > 1) {
      throw new RangeError('two rows');
    }
  });
  const problem = await check(broken, ONE);
  const small = await smaller(ONE, problem ?? '', one => check(broken, one));
  expect(small.length).toBeLessThan(TEXT.length - 40);
  expect(await check(broken, { bytes: small, chunks: [small] })).toMatch(/two rows/);
});

describe('the watchdog', () => {
  it('counts how long the same reading goes on', () => {
    const clock = vi.fn<() => number>();
    const dog = new Watchdog(clock);
    const look = (now: number, reading: number, beat: number): number => {
      clock.mockReturnValue(now);
      return dog.look(reading, beat);
    };
    expect(look(0, 5, 1)).toBe(0);
    expect(look(100, 5, 1)).toBe(100);
    expect(look(200, 5, 2)).toBe(0);
    expect(look(300, -1, 2)).toBe(0);
    expect(look(400, 6, 3)).toBe(0);
    expect(look(550, 6, 3)).toBe(150);
  });

  it('does not count the time for which the process was stopped', () => {
    const clock = vi.fn<() => number>().mockReturnValueOnce(0).mockReturnValueOnce(100);
    const dog = new Watchdog(clock);
    dog.look(5, 1);
    dog.look(5, 1);
    clock.mockReturnValueOnce(60_000).mockReturnValueOnce(60_100);
    expect(dog.look(5, 1)).toBe(100);
    expect(dog.look(5, 1)).toBe(200);
  });
});

it('what the fuzzer takes for well-formed is', () => {
  const cases = Array.from({ length: 400 }, (_, number) => makeCase(4, number));
  const known = cases.filter(({ wellFormed }) => wellFormed);
  expect(known.length).toBeGreaterThan(120);
  expect(known.filter(({ plain }) => !isWellFormed(plain))).toEqual([]);
  expect(cases.filter(({ plain }) => plain.length < 1024)).toEqual([]);
});
