import type { IStateDB } from '@jupyterlab/statedb';
import type { CommandRegistry } from '@lumino/commands';
import type { ReadonlyPartialJSONValue } from '@lumino/coreutils';
import { Debouncer } from '@lumino/polling';

import type { ResultModel } from '../model/result.js';
import type { ISearchProgress, SearchModel } from '../model/search.js';
import type { IArchiveRegistry } from '../tokens.js';
import type { ISearchCallbacks, SearchPanel } from '../view/search/panel.js';
import { attempt } from './attempt.js';
import { CommandIDs } from './commands.js';
import type { ResultTabs } from './resulttabs.js';
import { serverHalf } from './serverhalf.js';

/** Milliseconds of quiet before what was typed is kept. */
const KEEP_AFTER = 500;

/** Connect the search form with the Results tab in front, both ways. */
export function linkSearch(
  model: SearchModel,
  tabs: ResultTabs,
  commands: CommandRegistry
): ISearchCallbacks {
  tabs.changed.connect(() => {
    model.handEdited = tabs.query?.editedByHand ?? false;
    model.running = progressOf(tabs.query?.result);
  });
  tabs.dropped.connect((_, { constraint, request }) => {
    const wider = model.drop(constraint, request);
    // Where the form has other problems, it is the form that shows them.
    attempt(wider ? tabs.open(wider) : commands.execute(CommandIDs.showSidebar));
  });
  return {
    search: request => attempt(tabs.open(request)),
    cancel: () => tabs.query?.result.cancel(),
    edit: request => attempt(tabs.edit(request)),
    revert: () => tabs.query?.revert(),
    signIn: archive => attempt(commands.execute(CommandIDs.signIn, { archive })),
    addArchive: () => attempt(commands.execute(CommandIDs.addArchive))
  };
}

function progressOf(result: ResultModel | undefined): ISearchProgress | null {
  if (result?.state !== 'loading') {
    return null;
  }
  const { arrived: rows, bytes, seconds, wait } = result;
  return { rows, bytes, seconds, isWaiting: wait !== null };
}

/** Offer the archives there are, and say so when the server half cannot tell. */
export function followArchives(
  model: SearchModel,
  panel: SearchPanel,
  archives: IArchiveRegistry
): void {
  const update = (): void => {
    panel.server = serverHalf(archives);
    if (archives.handshake?.state === 'ok' && !archives.error) {
      model.setArchives(archives.archives);
    }
  };
  archives.changed.connect(update);
  update();
}

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

const KEY = 'obsdeck:search';
