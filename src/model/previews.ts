import { ProtocolError } from '../protocol/errors.js';
import type { ITransport } from '../protocol/transport.js';
import type { IVOTableField } from '../protocol/votable/types.js';
import type { RowStore } from './columns.js';
import { joinBytes } from './export/bytes.js';

/** Bytes of a picture that are read at most. */
const LIMIT = 4_000_000;

/** Where the columns of a table are that tell of pictures. */
export interface IPreviewColumns {
  /** Index of the column with the address. */
  readonly url: number;
  /** Index of the column with its content type; null where every address is a picture. */
  readonly type: number | null;
}

/**
 * The columns that tell of pictures: one whose UCD says so, else the address of the file
 * itself together with its content type (ObsCore 1.1 `access_url` and `access_format`, or
 * what has their UCDs). Null where there are none.
 */
export function previewColumns(
  fields: readonly IVOTableField[]
): IPreviewColumns | null {
  const find = (
    is: (ucd: readonly string[], field: IVOTableField) => boolean
  ): number =>
    fields.findIndex(field => is((field.ucd ?? '').toLowerCase().split(';'), field));
  const preview = find(
    (ucd, { name }) =>
      (ucd.includes('meta.ref.url') && ucd.includes('meta.preview')) ||
      /^(?:preview|thumbnail)(?:_?ur[il])?$/i.test(name)
  );
  if (preview >= 0) {
    return { url: preview, type: null };
  }
  const url = find(
    (ucd, { name }) => ucd[0] === 'meta.ref.url' || name.toLowerCase() === 'access_url'
  );
  const type = find(
    (ucd, { name }) =>
      ucd[0] === 'meta.code.mime' || name.toLowerCase() === 'access_format'
  );
  return url >= 0 && type >= 0 ? { url, type } : null;
}

/** Address of the picture of a row; null where it has none. */
export function previewOf(
  store: RowStore,
  row: number,
  { url, type }: IPreviewColumns
): string | null {
  const address = store.value(row, url);
  const isPicture =
    type === null || /^image\//i.test(String(store.value(row, type) ?? ''));
  return isPicture && typeof address === 'string' && /^https?:\/\//i.test(address)
    ? address
    : null;
}

/**
 * Get a picture, as anyone. Its bytes say what it is, whatever the service says: PNG, JPEG,
 * GIF or WebP, and nothing that could hold a script.
 *
 * @param archive - id of the archive on whose behalf it is asked for
 * @throws ProtocolError where none came, or something else, or too much
 */
export async function fetchPicture(
  transport: ITransport,
  archive: string,
  url: string,
  signal: AbortSignal
): Promise<Blob> {
  const answer = await transport.request(archive, { url, signal });
  if (answer.status !== 200) {
    await answer.body.cancel();
    throw new ProtocolError('not-found', 'No picture came.', { status: answer.status });
  }
  const bytes = await readAll(answer.body);
  const type = pictureType(bytes);
  if (!type) {
    throw new ProtocolError('bad-answer', 'What came is no picture.');
  }
  return new Blob([bytes], { type });
}

/** Content type of a picture by its first bytes; null for anything else. */
export function pictureType(bytes: Uint8Array): string | null {
  const text = String.fromCharCode(...bytes.subarray(0, 12));
  if (text.startsWith('\x89PNG\r\n\x1a\n')) {
    return 'image/png';
  }
  if (text.startsWith('\xff\xd8\xff')) {
    return 'image/jpeg';
  }
  if (text.startsWith('GIF87a') || text.startsWith('GIF89a')) {
    return 'image/gif';
  }
  return text.startsWith('RIFF') && text.slice(8) === 'WEBP' ? 'image/webp' : null;
}

async function readAll(
  body: ReadableStream<Uint8Array>
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return joinBytes(pieces);
    }
    length += value.length;
    if (length > LIMIT) {
      await reader.cancel();
      throw new ProtocolError('bad-answer', 'The picture is too large.');
    }
    pieces.push(value);
  }
}
