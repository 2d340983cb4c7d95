import { describe, expect, it } from 'vitest';

import { type IReleaseDay, releaseCalendar } from '../../../src/model/calendar.js';
import { readRelease } from '../../../src/model/release.js';

const NOW = Date.UTC(2026, 10, 21, 20, 5, 7) / 1000;

function calendar(over: Partial<IReleaseDay> = {}): string {
  return releaseCalendar({
    release: { date: '2027-09-14' },
    archive: { id: 'eso', name: 'ESO' },
    subject: 'SPHER.2026-09-14T03:21:40.102',
    now: NOW,
    ...over
  });
}

/** Content lines, unfolded (RFC 5545 §3.1). */
function properties(text: string): Map<string, string> {
  const lines = text.replace(/\r\n[ \t]/g, '').split('\r\n');
  return new Map(
    lines.map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1)];
    })
  );
}

describe('releaseCalendar', () => {
  it('is an entry of one whole day', () => {
    const found = properties(calendar());
    expect(found.get('DTSTART;VALUE=DATE')).toBe('20270914');
    expect(found.get('DTSTAMP')).toBe('20261121T200507Z');
    expect(found.get('SUMMARY')).toBe('SPHER.2026-09-14T03:21:40.102 becomes public');
    expect(found.has('DTEND')).toBe(false);
  });

  it('ends every line with CRLF and folds them at 75 octets, between characters', () => {
    const text = calendar({ subject: 'Ω Centauri '.repeat(30) });
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    for (const line of text.split('\r\n')) {
      expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
      expect(line).not.toContain('\ufffd');
    }
    expect(properties(text).get('SUMMARY')).toBe(
      `${'Ω Centauri '.repeat(30)} becomes public`
    );
  });

  it('keeps names from becoming lines or values of their own', () => {
    const subject = 'a\r\nATTENDEE:mailto:x@example.org\nb;c,d\\e\u0000\u0007';
    const found = properties(calendar({ subject }));
    expect(found.has('ATTENDEE')).toBe(false);
    expect(found.get('SUMMARY')).toBe(
      'a\\nATTENDEE:mailto:x@example.org\\nb\\;c\\,d\\\\e becomes public'
    );
    expect(found.get('UID')).toMatch(/^[\x21-\x7e]+@obsdeck$/);
  });

  it('has the same UID for the same thing only', () => {
    const uid = (over: Partial<IReleaseDay>) => properties(calendar(over)).get('UID');
    expect(uid({ now: NOW + 999, release: { date: '2028-01-01' } })).toBe(uid({}));
    expect(uid({ subject: 'another' })).not.toBe(uid({}));
    expect(uid({ archive: { id: 'rubin', name: 'ESO' } })).not.toBe(uid({}));
  });

  it('names a web page, and nothing else that could be opened', () => {
    const url = 'https://archive.example.org/x?a=b;c,d';
    expect(properties(calendar({ url })).get('URL')).toBe(url);
    expect(properties(calendar({ url: 'javascript:alert(1)' })).has('URL')).toBe(false);
    expect(properties(calendar({ url: 'https://x.org/\r\nX:1' })).has('X')).toBe(false);
  });
});

describe('readRelease', () => {
  it.each([
    ['2027-09-14', '2027-09-14', 297],
    ['2027-09-14T00:00:00.000', '2027-09-14', 297],
    ['2026-11-22', '2026-11-22', 1],
    ['61297', '2026-09-14', 0],
    ['2026-11-21T20:05:06Z', '2026-11-21', 0]
  ])('reads %s', (text, date, days) => {
    expect(readRelease(text, NOW)).toEqual({ date, days, isAhead: days > 0 });
  });

  it.each(['', 'never', '2027-02-30'])('does not read %j', text => {
    expect(readRelease(text, NOW)).toBeNull();
  });
});
