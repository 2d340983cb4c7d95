import type { IStateDB } from '@jupyterlab/statedb';
import type { ReadonlyPartialJSONValue } from '@lumino/coreutils';
import { Debouncer } from '@lumino/polling';

import type { SearchModel } from '../../model/search.js';

/** Milliseconds of quiet before what was typed is kept. */
const KEEP_AFTER = 500;

const KEY = 'obsdeck:search';

/**
 * Keep what was typed over a reload; nothing is sent by that. What was typed before the
 * kept search could be read wins over it.
 */
export async function keepSearch(
  model: SearchModel,
  state: IStateDB,
  restored: Promise<void>
): Promise<void> {
  const untouched = JSON.stringify(model);
  await restored;
  const kept = await state.fetch(KEY);
  if (JSON.stringify(model) === untouched) {
    model.restore(kept);
  }
  const save = new Debouncer(
    () => state.save(KEY, model.toJSON() as unknown as ReadonlyPartialJSONValue),
    KEEP_AFTER
  );
  model.changed.connect(() => void save.invoke());
}
