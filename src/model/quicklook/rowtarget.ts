import type { IArchive } from '../../archives/archive.js';
import type { LinkSource, RowCell } from '../../archives/links.js';
import type { IRowTarget, ISkyFacts } from './types.js';

/** Columns by which a row is known, the usual name first. */
const NAMES = ['obs_id', 'dp_id', 'obs_publisher_did'];

/** A row of a result, as Quick look and cutouts know it. */
export function rowTarget(archive: IArchive, row: RowCell): IRowTarget {
  const source = archive.links?.sourceOf(row) ?? null;
  const names = NAMES.map(name => textOf(row(name))).filter(name => name !== '');
  return {
    kind: 'row',
    archive: archive.definition.id,
    id: source?.id ?? names.at(-1) ?? '',
    title: names[0] ?? source?.id ?? '',
    source,
    file: fileOf(source),
    preview: null,
    sky: skyOf(row)
  };
}

/** An identifier that was typed, or came with a command; nothing else is known of it. */
export function idTarget(archive: IArchive, id: string): IRowTarget {
  return {
    kind: 'row',
    archive: archive.definition.id,
    id,
    title: id.replace(/^.*[/?=]/, '') || id,
    source: archive.links?.sourceOfId(id) ?? null,
    file: null,
    preview: null,
    sky: { region: null, ra: null, dec: null, fov: null }
  };
}

function fileOf(source: LinkSource | null): IRowTarget['file'] {
  return source?.kind === 'file'
    ? {
        url: source.url,
        size: source.size,
        contentType: source.contentType,
        semantics: null
      }
    : null;
}

function skyOf(row: RowCell): ISkyFacts {
  const pixels = [numberOf(row('s_xel1')), numberOf(row('s_xel2'))];
  const [width, height] = pixels;
  return {
    region: textOf(row('s_region')) || null,
    ra: numberOf(row('s_ra')),
    dec: numberOf(row('s_dec')),
    fov: numberOf(row('s_fov')),
    pixelScale: numberOf(row('s_pixel_scale')),
    pixels: width !== null && height !== null ? [width, height] : null,
    bytes: scaled(numberOf(row('access_estsize')), KILOBYTE)
  };
}

/** Unit of `access_estsize` (ObsCore 1.1 §4.7), bytes. */
const KILOBYTE = 1000;

function scaled(value: number | null, scale: number): number | null {
  return value === null || value <= 0 ? null : value * scale;
}

function textOf(cell: ReturnType<RowCell>): string {
  return cell === null ? '' : String(cell).trim();
}

function numberOf(cell: ReturnType<RowCell>): number | null {
  const value = cell === null || cell === '' ? NaN : Number(cell);
  return Number.isFinite(value) ? value : null;
}
