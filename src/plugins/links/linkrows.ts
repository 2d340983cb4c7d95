import type { Asker } from '../../archives/account.js';
import type { IArchive } from '../../archives/archive.js';
import type { LinkSource } from '../../archives/links.js';
import { usualAsker } from '../../archives/signin.js';
import { cellsOf } from '../../model/rowcells.js';
import type { ILinkSubject } from '../../model/links/types.js';
import { rowTarget } from '../../model/quicklook/rowtarget.js';
import { readDescriptors } from '../../protocol/datalink/index.js';
import { signatureOf } from '../../protocol/datalink/signed.js';
import type { IObsSelection } from '../../tokens.js';

/** Rows whose links are wanted. */
export interface ILinkRows {
  readonly archive: IArchive;
  /** As whom the rows were asked for. */
  readonly as: Asker;
  readonly subjects: readonly ILinkSubject[];
}

/** So many rows are read at once; each has a row of the tree. */
export const MOST_ROWS = 2000;

/** The archive that the rows of the Results tab used last are from; null where it has no links. */
export function linkedArchive({ query }: IObsSelection): IArchive | null {
  const archive = query?.result.provenance?.archive ?? query?.request?.archive;
  return archive?.links ? archive : null;
}

/** True where the first of the chosen rows leads to links. */
export function hasLinks(selection: IObsSelection): boolean {
  const [row] = rowsOf(selection);
  return row !== undefined && subjectsOf(selection, [row]).length > 0;
}

/** The chosen rows, or else the one with the focus, as far as they have links; null for none. */
export function chosenLinks(selection: IObsSelection): ILinkRows | null {
  const archive = linkedArchive(selection);
  const as = selection.query?.result.provenance?.as;
  return (
    archive && {
      archive,
      as: as ?? usualAsker(archive.definition),
      subjects: subjectsOf(selection, rowsOf(selection).slice(0, MOST_ROWS))
    }
  );
}

function rowsOf({ query, selectedRows, focusedRow }: IObsSelection): readonly number[] {
  const count = query?.result.rows?.rowCount ?? 0;
  const rows = selectedRows.length > 0 ? selectedRows : [focusedRow ?? -1];
  return rows.filter(row => row >= 0 && row < count);
}

function subjectsOf(selection: IObsSelection, rows: readonly number[]): ILinkSubject[] {
  const { result } = selection.query ?? {};
  const archive = linkedArchive(selection);
  const { rows: store, provenance, resources = [] } = result ?? {};
  if (!archive?.links || !store || !provenance) {
    return [];
  }
  const { services } = readDescriptors(
    resources,
    provenance.table.service,
    store.fields
  );
  const described = [...services.values()];
  return rows.flatMap(row => {
    const cells = cellsOf(store, row);
    const source = archive.links?.sourceOf(cells, described);
    const { sky } = rowTarget(archive, cells);
    return source ? [{ name: shortId(source.id), source, sky }] : [];
  });
}

/** The last part of an identifier: `SPHER.2016-09-26T03:04:09.308` of `ivo://eso.org/ID?…`. */
export function shortId(id: string): string {
  return /[^/?#]+(?=[/?#]*$)/.exec(id)?.[0] ?? id;
}

/** A tab of more rows is not kept with the layout. */
const MOST_KEPT = 50;

/**
 * The rows of a tab as they are kept with the layout: what leads to their links. Null where
 * there are too many, or where an address is, or may be, a key by itself.
 */
export function writeSubjects(subjects: readonly ILinkSubject[]): string[][] | null {
  const isKept = ({ source: { kind, url } }: ILinkSubject): boolean =>
    kind !== 'file' && signatureOf(url) === null;
  return subjects.length <= MOST_KEPT && subjects.every(isKept)
    ? subjects.map(({ name, source: { kind, url, id } }) => [name, kind, url, id])
    : null;
}

/** The kept rows; null where they make no sense. */
export function readSubjects(saved: unknown): ILinkSubject[] | null {
  if (!Array.isArray(saved) || saved.length === 0) {
    return null;
  }
  const subjects = saved.flatMap((entry: unknown) => {
    const [name, kind, url, id] = Array.isArray(entry) ? (entry as unknown[]) : [];
    const isKind = kind === 'document' || kind === 'service';
    return isKind && isText(name) && isText(id) && isAddress(url)
      ? [{ name, source: { kind, url, id } satisfies LinkSource }]
      : [];
  });
  return subjects.length === saved.length ? subjects : null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isAddress(value: unknown): value is string {
  return isText(value) && /^https?:/i.test(value) && URL.canParse(value);
}
