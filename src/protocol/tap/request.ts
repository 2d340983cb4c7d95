import type { ITransportRequest } from '../transport.js';

import { type ITapUpload, multipart, uploadParameter } from './upload.js';

/** A query as TAP knows it (TAP 1.1 §2.7). */
export interface ITapQuery {
  readonly adql: string;
  /** Always sent: defaults of services reach 100 million rows. */
  readonly maxrec: number;
  /** Label for the service's log. */
  readonly runid?: string;
  /** Tables that go along. */
  readonly uploads?: readonly ITapUpload[];
}

/** How a particular service wants to be asked. */
export interface ITapOptions {
  /** `FORMAT` for services of TAP 1.0; never both, which is undefined (TAP 1.1 §2.7.3). */
  readonly formatParameter?: 'RESPONSEFORMAT' | 'FORMAT';
  /** Short name or media type of the output; `votable` by default. */
  readonly format?: string;
  /** `ADQL` by default; `ADQL-2.0` pins the version. */
  readonly lang?: string;
}

/** Children of a TAP service's base URL that we ask. */
export type TapResource =
  'sync' | 'async' | 'tables' | 'capabilities' | 'availability' | 'examples';

/**
 * Address of a child of a TAP service: one slash, and the base's own query string kept.
 *
 * @param path - further path below the child, encoded here
 */
export function tapUrl(base: string, resource: TapResource, path?: string): string {
  const [address, query] = base.split('#')[0].split(/\?(.*)/s);
  const below = path === undefined ? '' : `/${encodeURIComponent(path)}`;
  const search = query ? `?${query}` : '';
  return `${address.replace(/\/+$/, '')}/${resource}${below}${search}`;
}

/** A POST of form parameters. */
export interface ITapRequest extends ITransportRequest {
  readonly body: URLSearchParams;
}

/** The parameters of a query, for every version of TAP. */
export function queryParameters(
  query: ITapQuery,
  options: ITapOptions = {}
): URLSearchParams {
  const parameters = new URLSearchParams({
    REQUEST: 'doQuery',
    LANG: options.lang ?? 'ADQL',
    QUERY: query.adql,
    [options.formatParameter ?? 'RESPONSEFORMAT']: options.format ?? 'votable',
    MAXREC: String(query.maxrec)
  });
  if (query.runid !== undefined) {
    parameters.set('RUNID', query.runid);
  }
  return parameters;
}

/** A synchronous query, without its uploads, as the POST that every service understands. */
export function buildSyncRequest(
  base: string,
  query: ITapQuery,
  options: ITapOptions = {}
): ITapRequest {
  return {
    url: tapUrl(base, 'sync'),
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: queryParameters(query, options)
  };
}

/**
 * A query as it is sent: a plain form, or one with files where tables go along (TAP 1.1
 * §2.7.6).
 *
 * @throws ProtocolError `rejected` for an upload whose name cannot be used
 */
export function buildQueryRequest(
  base: string,
  resource: 'sync' | 'async',
  query: ITapQuery,
  options: ITapOptions = {}
): ITransportRequest {
  const { uploads = [] } = query;
  const plain = {
    ...buildSyncRequest(base, query, options),
    url: tapUrl(base, resource)
  };
  if (uploads.length === 0) {
    return plain;
  }
  plain.body.set('UPLOAD', uploadParameter(uploads));
  const { contentType, body } = multipart(plain.body, uploads);
  return { ...plain, headers: { 'Content-Type': contentType }, body };
}
