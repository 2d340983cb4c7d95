import type { IRelease } from './release.js';

/** The day on which something becomes public. */
export interface IReleaseDay {
  readonly release: Pick<IRelease, 'date'>;
  /** Id and name of the archive. */
  readonly archive: { readonly id: string; readonly name: string };
  /** What becomes public, as the user knows it. */
  readonly subject: string;
  /** Page to look it up at. */
  readonly url?: string;
  /** When the entry is written, Unix time in seconds. */
  readonly now: number;
}

/** Octets of a line, its end not counted (RFC 5545 §3.1). */
const LINE = 75;

/**
 * A calendar of one whole day (iCalendar, RFC 5545). The same thing of the same archive
 * always has the same UID, so that adding it again changes the entry.
 */
export function releaseCalendar(day: IReleaseDay): string {
  const { archive, subject, release, url, now } = day;
  const uid = [archive.id, subject].map(encodeURIComponent).join('/');
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Obsdeck//Obsdeck//EN',
    'BEGIN:VEVENT',
    `UID:${uid}@obsdeck`,
    `DTSTAMP:${stamp(now)}`,
    `DTSTART;VALUE=DATE:${release.date.replaceAll('-', '')}`,
    `SUMMARY:${text(`${subject} becomes public`)}`,
    `DESCRIPTION:${text(`Release date given by ${archive.name}: ${release.date}.`)}`,
    ...(url && /^https?:\/\/[^\s"]+$/i.test(url) ? [`URL:${url}`] : []),
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
    'END:VCALENDAR'
  ];
  return lines.map(line => `${fold(line)}\r\n`).join('');
}

/** `20261121T200500Z` (RFC 5545 §3.3.5, form 2). */
function stamp(seconds: number): string {
  const iso = new Date(Math.floor(seconds) * 1000).toISOString();
  return `${iso.slice(0, 19).replace(/[-:]/g, '')}Z`;
}

/** A value of type TEXT (RFC 5545 §3.3.11); control characters have no place in one. */
function text(value: string): string {
  return value
    .replace(/\r\n?|\n/g, '\n')
    .replace(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replace(/\p{Cc}/gu, '');
}

/** Long lines go on behind a line break and a blank; no character is cut in two. */
function fold(line: string): string {
  const lines = [''];
  let octets = 0;
  for (const character of line) {
    const size = new TextEncoder().encode(character).length;
    if (octets + size > LINE) {
      lines.push(' ');
      octets = 1;
    }
    lines[lines.length - 1] += character;
    octets += size;
  }
  return lines.join('\r\n');
}
