import type { IJobService } from '../../archives/archive.js';
import type { Pause } from '../../protocol/votable/types.js';
import type { RowStore } from '../columns.js';
import type { IQueryRequest } from '../query.js';
import { type IProvenance, Reading } from '../reading.js';
import { packRows } from './ipc.js';
import { originOf } from './origin.js';
import type { ExportRows, IExportSource } from './types.js';

/** Rows that the page has, and how they are shown. */
export interface IShownRows {
  readonly store: RowStore;
  readonly provenance: IProvenance;
  /** Rows in the order shown; null for all as they arrived. */
  readonly shown: Uint32Array | null;
  readonly selected: readonly number[];
  /** Columns shown, by their places. */
  readonly columns: readonly number[];
}

/** Lets the page have its turn, until the work is not wanted any more. */
export type PauseFactory = (signal: AbortSignal) => Pause;

/** What of a result can be exported. */
export function resultSource(
  name: string,
  result: IShownRows,
  pausing: PauseFactory
): IExportSource {
  const { store, provenance, shown, selected, columns } = result;
  const chosen: Readonly<Record<ExportRows, Uint32Array | null>> = {
    all: null,
    shown,
    selected: Uint32Array.from(selected)
  };
  const { fields } = store.head.schema;
  const isUsual = columns.every((column, place) => column === place);
  return {
    name,
    rows: {
      all: store.rowCount,
      shown: shown && shown.length,
      selected: selected.length > 0 ? selected.length : null
    },
    columns: {
      all: fields.length,
      shown: isUsual && columns.length === fields.length ? null : columns.length
    },
    pack: async (rows, which, tell, signal) => {
      const table = {
        schema: store.head.schema,
        batches: store.batches.slice(),
        rows: chosen[rows],
        columns: which === 'shown' ? columns : null,
        about: originOf(provenance)
      };
      return new Blob(await packRows(table, pausing(signal), tell));
    }
  };
}

/** The result of a job that is not open: it is read, and saved without a tab. */
export function jobSource(
  request: IQueryRequest,
  jobs: IJobService,
  pausing: PauseFactory
): IExportSource {
  const { job: address, query, subject } = request;
  return {
    name: subject,
    rows: { all: null, shown: null, selected: null },
    columns: { all: null, shown: null },
    pack: async (_rows, _columns, tell, signal) => {
      if (!address) {
        throw new Error('There is no job to be read.');
      }
      const reading = new Reading({ ...request, startedAt: Date.now() });
      for await (const event of jobs.result(address, query.maxrec, signal)) {
        reading.take(event);
        tell(reading.store?.rowCount ?? 0);
      }
      const error = reading.trailingError();
      if (error || !reading.store) {
        throw error ?? new Error('The answer has no table.');
      }
      const { head, batches } = reading.store;
      const about = originOf(reading.asked);
      const table = { schema: head.schema, batches, rows: null, columns: null, about };
      return new Blob(await packRows(table, pausing(signal)));
    }
  };
}
