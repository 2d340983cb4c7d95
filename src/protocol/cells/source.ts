import { commentText, pythonString } from '../python.js';
import { withoutSignature } from '../datalink/signed.js';
import type { ILink } from '../datalink/types.js';

/** What every cell about a row says. */
export interface ICellOrigin {
  /** As the user knows it. */
  readonly archiveName: string;
  /** When the cell was written, `2026-11-21`. */
  readonly date: string;
  /** Id of the archive where it was asked in the user's name; missing for anyone. */
  readonly asMe?: string;
}

/** A {links} document, and the row of it that is meant. */
export interface ICellLink extends ICellOrigin {
  /** Address of the document. */
  readonly linksUrl: string;
  readonly link: ILink;
  /** All rows of the document, among which the cell finds the link again. */
  readonly among: readonly ILink[];
}

/** The session that asks: the user's own where they were asked for, else one of anybody. */
export function sessionLine({ asMe }: Pick<ICellOrigin, 'asMe'>): string {
  return asMe === undefined
    ? 'session = requests.Session()'
    : `session = obsdeck.session(${pythonString(asMe)})`;
}

/** The module that {@link sessionLine} needs. */
export function sessionModule({ asMe }: Pick<ICellOrigin, 'asMe'>): string {
  return asMe === undefined ? 'requests' : 'obsdeck';
}

/** Lines that read the document and find the link in it. A signature never gets here. */
export function findLinkLines(cell: ICellLink): readonly string[] {
  const url = pythonString(withoutSignature(cell.linksUrl));
  return [
    sessionLine(cell),
    `links = DatalinkResults.from_result_url(${url}, session=session)`,
    ...pickLines(cell)
  ];
}

/** What tells a link from the others, the most telling first. */
const MARKS: readonly (readonly [
  column: string,
  value: (link: ILink) => string | null
])[] = [
  ['ID', ({ id }) => id],
  ['semantics', ({ semantics }) => semantics],
  ['content_type', ({ contentType }) => contentType],
  ['description', ({ description }) => description]
];

/**
 * The link by what it is: its address may be signed, and the names of services change from
 * answer to answer. Links that nothing tells apart are told apart by their order.
 */
function pickLines({ link, among }: ICellLink): readonly string[] {
  const kind = link.serviceDef === null ? 'access_url' : 'service_def';
  let same = among.filter(
    one => (one.serviceDef === null) === (link.serviceDef === null)
  );
  const tests = [`link[${pythonString(kind)}]`];
  for (const [column, value] of MARKS) {
    const own = value(link);
    const fitting = same.filter(one => value(one) === own);
    if (own !== null && own !== '' && fitting.length < same.length) {
      tests.push(`link[${pythonString(column)}] == ${pythonString(own)}`);
      same = fitting;
    }
  }
  const place = same.indexOf(link);
  const condition = tests.join(' and ');
  return place <= 0
    ? [`link = next(link for link in links if ${condition})`]
    : [`link = [link for link in links if ${condition}][${place}]`];
}

/** The name of a link on one line, for a comment. */
export function linkTitle({ description, semantics, id }: ILink): string {
  return commentText(`${id}: ${description ?? semantics}`);
}
