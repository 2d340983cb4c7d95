import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  readFloat,
  readInteger,
  readLong
} from '../../../../src/protocol/votable/numbers.js';
import { utf8 } from './support.js';

function float(text: string, out: Float32Array | Float64Array = new Float64Array(1)) {
  const bytes = utf8(text);
  return readFloat(bytes, 0, bytes.length, out, 0) ? out[0] : null;
}

function integer(text: string): number {
  return readInteger(utf8(text), 0, utf8(text).length);
}

function long(text: string): bigint | null {
  const out = new BigInt64Array(2);
  const words = new Int32Array(out.buffer);
  const bytes = utf8(text);
  return readLong(bytes, 0, bytes.length, out, words, 1) ? out[1] : null;
}

describe('readFloat', () => {
  it('is Number(text) bit for bit for every double', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), value => {
        expect(float(String(value))).toBe(Number(String(value)));
      }),
      { numRuns: 2000 }
    );
  });

  it('is Number(text) bit for bit for every spelling of a number', () => {
    const digits = fc.stringMatching(/^[0-9]{0,25}$/);
    const exponent = fc.stringMatching(/^([eE][+-]?[0-9]{1,3})?$/);
    fc.assert(
      fc.property(
        fc.constantFrom('', '-', '+'),
        digits,
        digits,
        exponent,
        (sign, whole, fraction, power) => {
          fc.pre(whole + fraction !== '');
          const text = `${sign}${whole}.${fraction}${power}`;
          expect(float(text)).toBe(Number(text));
        }
      ),
      { numRuns: 2000 }
    );
  });

  it('is Number(text) bit for bit for numbers halfway between two doubles', () => {
    const odd = fc.bigInt({ min: 2n ** 53n, max: 2n ** 54n - 1n }).map(n => n | 1n);
    const digits = fc.integer({ min: 16, max: 20 });
    fc.assert(
      fc.property(odd, fc.integer({ min: -60, max: 60 }), digits, (n, power, count) => {
        const exact = String(power < 0 ? n * 5n ** BigInt(-power) : n << BigInt(power));
        const shown = exact.slice(0, count);
        const scale = exact.length - shown.length + Math.min(power, 0);
        expect(float(`${shown}e${scale}`)).toBe(Number(`${shown}e${scale}`));
      }),
      { numRuns: 10_000 }
    );
  });

  it('is Number(text) bit for bit for 16 to 19 digits at any scale', () => {
    const digits = fc.stringMatching(/^[0-9]{16,19}$/);
    fc.assert(
      fc.property(digits, fc.integer({ min: -360, max: 340 }), (text, power) => {
        expect(float(`${text}e${power}`)).toBe(Number(`${text}e${power}`));
        const point = text.length - 3;
        const spelled = `-${text.slice(0, point)}.${text.slice(point)}`;
        expect(float(spelled)).toBe(Number(spelled));
      }),
      { numRuns: 10_000 }
    );
  });

  it.each([
    ['9007199254740993', 9007199254740992],
    ['0.00000000000000000000000000000000', 0],
    ['0e99', 0],
    ['000000000000000000000000.5', 0.5],
    ['123456789012345678901234567890', 1.2345678901234568e29],
    ['0.1', 0.1],
    ['1e23', 1e23],
    ['8.41e21', 8.41e21],
    ['5e-324', 5e-324],
    ['1e400', Infinity],
    ['1e-99999999999999999999', 0],
    ['2.2250738585072011e-308', 2.225073858507201e-308]
  ])('rounds %s correctly', (text, value) => {
    expect(float(text)).toBe(value);
  });

  it('keeps the sign of zero', () => {
    expect(float('-0.0')).toBe(-0);
    expect(float('0')).toBe(0);
  });

  it.each([
    ['NaN', NaN],
    ['nan', NaN],
    ['Inf', Infinity],
    ['+Inf', Infinity],
    ['-Infinity', -Infinity]
  ])('knows %s', (text, value) => {
    expect(float(text)).toBe(value);
  });

  it.each([
    '',
    '-',
    '.',
    'e5',
    '1e',
    '1e+',
    '1.2.3',
    '1,5',
    '0x10',
    'N/A',
    '1 2',
    '--1'
  ])('refuses “%s”', text => {
    expect(float(text)).toBeNull();
  });

  it('rounds once more for a float', () => {
    expect(float('0.1', new Float32Array(1))).toBe(Math.fround(0.1));
  });
});

describe('readInteger', () => {
  it.each([
    ['0', 0],
    ['+7', 7],
    ['-2147483648', -2147483648],
    ['0xff', 255],
    ['-0X10', -16],
    ['3.0', 3],
    ['1e3', 1000]
  ])('reads %s', (text, value) => {
    expect(integer(text)).toBe(value);
  });

  it.each(['', '+', '1.5', '0x', '0xg', 'one', '12a', '99999999999999999999'])(
    'refuses “%s”',
    text => {
      expect(integer(text)).toBeNaN();
    }
  );
});

describe('readLong', () => {
  it('keeps every 64-bit integer', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), value => {
        expect(long(String(value))).toBe(value);
      })
    );
  });

  it.each([
    ['-1', -1n],
    ['-4294967296', -4294967296n],
    ['9007199254740993', 9007199254740993n],
    ['+9223372036854775807', 9223372036854775807n],
    ['0x7fffffffffffffff', 9223372036854775807n],
    ['0xffffffffffffffff', -1n]
  ])('reads %s', (text, value) => {
    expect(long(text)).toBe(value);
  });

  it.each(['9223372036854775808', '-9223372036854775809', '1.5', 'x', ''])(
    'refuses “%s”',
    text => {
      expect(long(text)).toBeNull();
    }
  );
});
