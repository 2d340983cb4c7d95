import { ProtocolError } from '../errors.js';

/** A table that goes along with a query, used as `TAP_UPLOAD.<name>` (TAP 1.1 §2.7.6). */
export interface ITapUpload {
  /** Regular identifier. */
  readonly name: string;
  /** A VOTable. */
  readonly votable: string;
}

/** A form with files, as it is sent. */
export interface IMultipart {
  readonly contentType: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

const IDENTIFIER = /^[A-Za-z][A-Za-z0-9_]*$/;

const VOTABLE = 'application/x-votable+xml';

/**
 * The value of UPLOAD for tables that are parts of the same form: `name,param:name;…`
 *
 * @throws {@link ProtocolError} `rejected` for a name that is no regular identifier, or
 * that stands twice
 */
export function uploadParameter(uploads: readonly ITapUpload[]): string {
  const names = new Set<string>();
  for (const { name } of uploads) {
    if (!IDENTIFIER.test(name) || names.has(name.toLowerCase())) {
      throw new ProtocolError(
        'rejected',
        `\u201c${name}\u201d cannot be the name of an uploaded table.`,
        { hint: 'Use letters, digits and underscores, each name once.' }
      );
    }
    names.add(name.toLowerCase());
  }
  return uploads.map(({ name }) => `${name},param:${name}`).join(';');
}

/**
 * Form parameters and tables as one `multipart/form-data` (RFC 7578), UTF-8.
 *
 * @param boundary - random text; made here unless a test tells
 */
export function multipart(
  parameters: URLSearchParams,
  uploads: readonly ITapUpload[],
  boundary = randomBoundary()
): IMultipart {
  const parts = [
    ...[...parameters].map(([name, value]) => part(`name="${name}"`, value)),
    ...uploads.map(({ name, votable }) =>
      part(
        `name="${name}"; filename="${name}.xml"\r\nContent-Type: ${VOTABLE}`,
        votable
      )
    )
  ];
  const text = parts.map(one => `--${boundary}\r\n${one}\r\n`).join('');
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: new TextEncoder().encode(`${text}--${boundary}--\r\n`)
  };
}

function part(disposition: string, value: string): string {
  return `Content-Disposition: form-data; ${disposition}\r\n\r\n${value}`;
}

/** 128 random bits: no text holds it by accident, and nobody can put it into one. */
function randomBoundary(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const digits = Array.from(bytes, byte => byte.toString(16).padStart(2, '0'));
  return `obsdeck-${digits.join('')}`;
}
