import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import { idTarget } from '../../model/quicklook/rowtarget.js';
import type { IRowTarget, QuickLookTarget } from '../../model/quicklook/types.js';
import { withoutSignature } from '../../protocol/datalink/signed.js';
import type { IArchiveRegistry } from '../../tokens.js';

/** A FITS file by its name, compressed or not. */
const FITS = /\.(?:fits?|fts)(?:\.(?:gz|fz|z|bz2))?$/i;

/** True for the name of a FITS file, compressed or not. */
export function isFits(path: string): boolean {
  return FITS.test(path);
}

/**
 * What a command or a kept layout asks for: a path, a file of an archive by its address, or
 * an identifier; null where it makes no sense.
 */
export function readTarget(
  args: ReadonlyPartialJSONObject,
  archives: Pick<IArchiveRegistry, 'get'>
): QuickLookTarget | null {
  const { path, archive: name, id, url } = args;
  if (typeof path === 'string' && path !== '') {
    const row = readRow(args, archives);
    return { kind: 'file', path, ...(row && { origin: row }) };
  }
  const row = readRow(args, archives);
  const isFile = typeof url === 'string' && /^https?:/i.test(url) && URL.canParse(url);
  if (typeof name === 'string' && isFile) {
    return { ...fileRow(args, name, url), ...(row && { source: row.source }) };
  }
  return typeof id === 'string' ? row : null;
}

/** What is kept of a target with the layout: no address, as addresses may be keys. */
export function writeTarget(target: QuickLookTarget): ReadonlyPartialJSONObject {
  const row = target.kind === 'row' ? target : target.origin;
  return {
    ...(target.kind === 'file' && { path: target.path }),
    ...(row && { archive: row.archive, id: row.id, name: row.title })
  };
}

/** A row by its identifier; null where its archive is not known or finds nothing by it. */
function readRow(
  { archive: name, id, name: title }: ReadonlyPartialJSONObject,
  archives: Pick<IArchiveRegistry, 'get'>
): IRowTarget | null {
  const archive = typeof name === 'string' ? archives.get(name) : undefined;
  if (!archive || typeof id !== 'string') {
    return null;
  }
  const target = idTarget(archive, id);
  return typeof title === 'string' ? { ...target, title } : target;
}

function fileRow(
  { id, name, size, preview }: ReadonlyPartialJSONObject,
  archive: string,
  url: string
): IRowTarget {
  return {
    kind: 'row',
    archive,
    id: typeof id === 'string' ? id : withoutSignature(url),
    title: typeof name === 'string' ? name : lastPart(url),
    source: null,
    file: {
      url,
      size: typeof size === 'number' ? size : null,
      contentType: null,
      semantics: null
    },
    preview: typeof preview === 'string' ? preview : null,
    sky: { region: null, ra: null, dec: null, fov: null }
  };
}

/** Name of the file at an address, as far as it can be read. */
function lastPart(url: string): string {
  const last = new URL(url).pathname.replace(/^.*\//, '');
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
