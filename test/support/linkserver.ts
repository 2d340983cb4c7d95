import type { ITransportRequest } from '../../src/protocol/transport.js';
import { FakeTransport } from './transport.js';

/** What a {links} service does otherwise than it should. */
export interface ILinkServerFaults {
  /** Ids it answers at once; the others are left out with OVERFLOW. */
  readonly most?: number;
  /** HTTP status of a request with more ids than this. */
  readonly tooLong?: { readonly ids: number; readonly status: number };
  /** HTTP status of any POST. */
  readonly post?: number;
  /** Forgets the form, as after a redirect: an empty table. */
  readonly losesForm?: boolean;
  /** HTTP status of a request with this id in it. */
  readonly poison?: { readonly id: string; readonly status: number };
  /** HTTP status of everything. */
  readonly status?: number;
}

/** A {links} service with one file for each id. */
export class LinkServer {
  constructor(private readonly _faults: ILinkServerFaults = {}) {}

  readonly transport = new FakeTransport(request => this._answer(request));

  /** Ids of each request. */
  get asked(): readonly (readonly string[])[] {
    return this.transport.seen.map(({ request }) => idsOf(request));
  }

  private _answer(request: ITransportRequest): Response {
    const { most = Infinity, tooLong, post, losesForm, poison, status } = this._faults;
    const ids = idsOf(request);
    const isPost = request.method === 'POST';
    const failure =
      status ??
      (isPost ? post : undefined) ??
      (tooLong && ids.length > tooLong.ids ? tooLong.status : undefined) ??
      (poison && ids.includes(poison.id) ? poison.status : undefined);
    if (failure !== undefined) {
      return new Response(`No: ${failure}`, { status: failure });
    }
    const answered = isPost && losesForm ? [] : ids.slice(0, most);
    return new Response(
      linksTable(answered, answered.length < ids.length && !losesForm)
    );
  }
}

/** Ids of a request, in its body or its address. */
export function idsOf({ body, url }: ITransportRequest): readonly string[] {
  const form = body instanceof URLSearchParams ? body : new URL(url).searchParams;
  return form.getAll('ID');
}

/** A {links} answer with `#this` and `#preview` for each id. */
export function linksTable(ids: readonly string[], isOverflow = false): string {
  const columns = ['ID', 'access_url', 'service_def', 'error_message', 'semantics'];
  const fields = columns.map(
    name => `<FIELD name="${name}" datatype="char" arraysize="*"/>`
  );
  const rows = ids.flatMap(id =>
    ['#this', '#preview'].map(term => {
      const cells = [
        id,
        `https://files.example/${encodeURIComponent(id)}`,
        '',
        '',
        term
      ];
      return `<TR>${cells.map(cell => `<TD>${escape(cell)}</TD>`).join('')}</TR>`;
    })
  );
  return (
    '<VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3">' +
    '<RESOURCE type="results"><INFO name="QUERY_STATUS" value="OK"/>' +
    `<TABLE>${fields.join('')}<DATA><TABLEDATA>${rows.join('')}</TABLEDATA></DATA></TABLE>` +
    (isOverflow ? '<INFO name="QUERY_STATUS" value="OVERFLOW"/>' : '') +
    '</RESOURCE></VOTABLE>'
  );
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
