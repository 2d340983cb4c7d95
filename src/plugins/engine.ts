import type { TableRunner } from '../model/table/tasks.js';
import type { VOTableReader } from '../protocol/votable/types.js';
import type { Engine } from '../worker/engine.js';

/** Reads tables; the engine is loaded with the first one. */
export const readVOTable: VOTableReader = async function* (source, signal) {
  const engine = await load();
  yield* engine.readVOTable(source, signal);
};

/** Sorts, filters and counts rows. */
export const runTableTask: TableRunner = async (task, signal) => {
  const engine = await load();
  return engine.runTableTask(task, signal);
};

/** Gets the reader ready for what will soon be read. */
export async function prepareReader(): Promise<void> {
  const engine = await load();
  await engine.prepare();
}

/** The one engine of the page: its workers are shared by all tabs. */
function load(): Promise<Engine> {
  loading ??= import('../worker/engine.js').then(
    ({ Engine }) => new Engine(),
    (error: unknown) => {
      // The server may be back when it is needed next.
      loading = null;
      throw error;
    }
  );
  return loading;
}

let loading: Promise<Engine> | null = null;
