import type { ITransportRequest } from '../transport.js';

/** A synchronous query as TAP knows it (TAP 1.1 §2.7). */
export interface ITapQuery {
  readonly adql: string;
  /** Always sent: defaults of services reach 100 million rows. */
  readonly maxrec: number;
  /** Label for the service's log. */
  readonly runid?: string;
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
export type TapResource = 'sync' | 'async' | 'tables' | 'capabilities' | 'availability';

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

/** A synchronous query as the POST that every version of TAP understands. */
export function buildSyncRequest(
  base: string,
  query: ITapQuery,
  options: ITapOptions = {}
): ITapRequest {
  const body = new URLSearchParams({
    REQUEST: 'doQuery',
    LANG: options.lang ?? 'ADQL',
    QUERY: query.adql,
    [options.formatParameter ?? 'RESPONSEFORMAT']: options.format ?? 'votable',
    MAXREC: String(query.maxrec)
  });
  if (query.runid !== undefined) {
    body.set('RUNID', query.runid);
  }
  return {
    url: tapUrl(base, 'sync'),
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body
  };
}
