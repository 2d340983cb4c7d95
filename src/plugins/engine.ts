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

/** Gets what asks and what reads ready for a first query. */
export async function prepareReader(): Promise<void> {
  const [engine] = await Promise.all([load(), import('../protocol/tap.js')]);
  await engine.prepare();
}

/** Lets the reader run once before it is needed; what goes wrong is told when it is. */
export async function rehearseReading(): Promise<void> {
  await load()
    .then(engine => engine.rehearse())
    .catch(() => undefined);
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
