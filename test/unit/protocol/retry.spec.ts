import { describe, expect, it } from 'vitest';

import { parseHttpDate, retryTime } from '../../../src/protocol/retry.js';

const NOW = Date.UTC(2026, 10, 21, 20, 4, 20);

function answer(headers: Record<string, string>) {
  return { header: (name: string) => headers[name] ?? null };
}

describe('retryTime', () => {
  it.each([
    ['seconds', { 'Retry-After': '40' }, 40],
    ['a date', { 'Retry-After': 'Sat, 21 Nov 2026 20:05:00 GMT' }, 40],
    ['a date that is past', { 'Retry-After': 'Sat, 21 Nov 2026 20:04:00 GMT' }, 0],
    [
      'a date of a clock that is an hour ahead',
      {
        'Retry-After': 'Sat, 21 Nov 2026 21:05:00 GMT',
        Date: 'Sat, 21 Nov 2026 21:04:20 GMT'
      },
      40
    ]
  ])('reads %s', (_what, headers: Record<string, string>, seconds) => {
    expect(retryTime(answer(headers), NOW)).toBe(NOW + seconds * 1000);
  });

  it.each(['', 'soon', '-5', '1e3', 'Sat, 21 Foo 2026 20:05:00 GMT'])(
    'does not know when for %j',
    text => {
      expect(retryTime(answer({ 'Retry-After': text }), NOW)).toBeNull();
    }
  );
});

describe('parseHttpDate', () => {
  it.each(['Sun, 06 Nov 1994 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994'])(
    'reads %s (RFC 9110 §5.6.7)',
    text => {
      expect(parseHttpDate(text)).toBe(Date.UTC(1994, 10, 6, 8, 49, 37));
    }
  );

  it('reads years of two digits as years of this century', () => {
    expect(parseHttpDate('Saturday, 21-Nov-26 20:05:00 GMT')).toBe(
      Date.UTC(2026, 10, 21, 20, 5)
    );
  });
});
