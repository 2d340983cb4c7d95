import type { IReferable } from './descriptor.js';
import type { ILink, RowValue } from './types.js';

/** Values of a row of {links}, for services that are bound to it. */
export function linkValue(link: ILink): RowValue {
  const cells: Readonly<Record<string, string | null>> = {
    ...lowerKeys(link.extras),
    id: link.id,
    access_url: link.accessUrl,
    service_def: link.serviceDef,
    description: link.description,
    semantics: link.semantics,
    local_semantics: link.localSemantics,
    content_type: link.contentType,
    content_length: link.contentLength === null ? null : String(link.contentLength),
    content_qualifier: link.contentQualifier
  };
  return ref => {
    const key = ref.toLowerCase();
    return Object.hasOwn(cells, key) ? cells[key] : null;
  };
}

/**
 * Values of a row of any table, for services that its document describes.
 *
 * @param cell - value of the column at a place among the columns
 */
export function tableValue(
  columns: readonly IReferable[],
  cell: (index: number) => unknown
): RowValue {
  return ref => {
    const lower = ref.toLowerCase();
    const places = [
      columns.findIndex(({ id }) => id === ref),
      columns.findIndex(({ name }) => name === ref),
      columns.findIndex(({ name }) => name.toLowerCase() === lower)
    ];
    const place = places.find(index => index >= 0);
    const value = place === undefined ? null : cell(place);
    return value === null || value === undefined ? null : String(value);
  };
}

function lowerKeys(
  record: Readonly<Record<string, string>>
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name.toLowerCase(), value])
  );
}
