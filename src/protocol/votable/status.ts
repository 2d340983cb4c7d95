import type { IVOTableInfo, QueryStatus } from './types.js';

const STATUS = 'QUERY_STATUS';

/** The status of a document and the service's words on it. */
export interface IStatus {
  readonly status: QueryStatus;
  readonly message: string;
}

/**
 * What the `QUERY_STATUS` INFOs of a document say (DALI 1.1 §4.4). The last one wins:
 * a service that fails while it writes rows can only say so behind them.
 *
 * @param infos - all INFOs in document order, wherever they stand
 */
export function queryStatus(infos: readonly IVOTableInfo[]): IStatus {
  const last = infos.filter(info => info.name.trim().toUpperCase() === STATUS).at(-1);
  const status = last?.value.trim().toUpperCase();
  const message = last?.text.trim() ?? '';
  return status === 'ERROR' || status === 'OVERFLOW'
    ? { status, message }
    : { status: 'OK', message };
}
