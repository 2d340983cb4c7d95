import type {
  ITransport,
  ITransportRequest,
  ITransportResponse
} from '../../src/protocol/transport.js';
import { FetchResponse } from '../../src/transport/response.js';

/** A request as the fake saw it. */
export interface ISeenRequest {
  readonly archive: string;
  readonly request: ITransportRequest;
}

/** A transport whose answers a test writes down; it remembers what it was asked. */
export class FakeTransport implements ITransport {
  constructor(
    private readonly _answer: (
      request: ITransportRequest
    ) => Response | Promise<Response>
  ) {}

  readonly seen: ISeenRequest[] = [];

  async request(
    archive: string,
    request: ITransportRequest
  ): Promise<ITransportResponse> {
    this.seen.push({ archive, request });
    return new FetchResponse(await this._answer(request), request.url);
  }
}

/** A small VOTable as a service would send it. */
export function votable(options: {
  status?: string;
  message?: string;
  /** Rows of one column `n`; without it there is no table. */
  rows?: readonly number[];
  /** `QUERY_STATUS` behind the table. */
  trailing?: string;
}): string {
  const { status = 'OK', message = '', rows, trailing } = options;
  const cells = rows?.map(value => `<TR><TD>${value}</TD></TR>`).join('');
  const table =
    rows &&
    `<TABLE><FIELD name="n" datatype="int"/><DATA><TABLEDATA>${cells}</TABLEDATA></DATA></TABLE>`;
  return (
    '<VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3">' +
    '<RESOURCE type="results">' +
    `<INFO name="QUERY_STATUS" value="${status}">${message}</INFO>${table ?? ''}` +
    (trailing ? `<INFO name="QUERY_STATUS" value="${trailing}">cut</INFO>` : '') +
    '</RESOURCE></VOTABLE>'
  );
}
