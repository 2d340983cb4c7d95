import { ProtocolError } from '../protocol/errors.js';
import type { ITransport } from '../protocol/transport.js';
import type { IVOTableField } from '../protocol/votable/types.js';
import type { RowStore } from './columns.js';
import { joinBytes } from './export/bytes.js';
import { readPictureHead } from './picturehead.js';

/**
 * A picture may have so many bytes, so many pixels a side, and so many in all: a small file
 * may stand for a picture that takes gigabytes once it is decoded.
 */
const LIMITS = { bytes: 4_000_000, side: 16_384, pixels: 16_777_216 };

/** A picture that may be decoded. */
export interface IPictureFile {
  readonly blob: Blob;
  /** Pixels, as its header says. */
  readonly width: number;
  readonly height: number;
}

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
 * Get a picture. Its bytes say what it is, whatever the service says; nothing of it is
 * decoded.
 *
 * @param archive - id of the archive on whose behalf it is asked for
 * @param as - as whom; anyone unless told
 * @throws ProtocolError where none came, or something else, or too much
 */
export async function fetchPicture(
  transport: ITransport,
  archive: string,
  url: string,
  signal: AbortSignal,
  as?: 'me'
): Promise<IPictureFile> {
  const answer = await transport.request(archive, { url, signal, ...(as && { as }) });
  if (answer.status !== 200) {
    await answer.body.cancel();
    throw new ProtocolError('not-found', 'No picture came.', { status: answer.status });
  }
  return pictureOf(await readAll(answer.body));
}

/** @throws ProtocolError for what is no picture, or would be too large */
function pictureOf(bytes: Uint8Array<ArrayBuffer>): IPictureFile {
  const head = readPictureHead(bytes);
  if (!head) {
    throw new ProtocolError('bad-answer', 'What came is no picture.');
  }
  const { type, width, height } = head;
  const isLong = Math.max(width, height) > LIMITS.side;
  if (isLong || width * height > LIMITS.pixels) {
    throw new ProtocolError(
      'bad-answer',
      `The picture is too large: ${width} × ${height} pixels.`
    );
  }
  return { blob: new Blob([bytes], { type }), width, height };
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
    if (length > LIMITS.bytes) {
      await reader.cancel();
      throw new ProtocolError('bad-answer', 'The picture is too large.');
    }
    pieces.push(value);
  }
}
