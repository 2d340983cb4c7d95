import type { TranslationBundle } from '@jupyterlab/translation';

import { neighbour } from '../../model/downloads/groups.js';
import type { IDownload } from '../../model/downloads/types.js';
import type { MenuEntry } from '../shared/menu.js';
import type { DownloadAction, IDownloadCallbacks, IDownloadsContext } from './types.js';

/** What can be done with a file by a button beside it, the likeliest first. */
export function buttonsOf({ state }: IDownload): readonly DownloadAction[] {
  switch (state) {
    case 'running':
    case 'waiting':
    case 'retrying':
      return ['pause', 'cancel'];
    case 'paused':
      return ['resume', 'cancel'];
    case 'held':
      return ['cancel'];
    case 'sign-in':
    case 'failed':
      return ['retry', 'cancel'];
    case 'done':
      return [];
  }
}

/** What an action is called. */
export function actionLabel(action: DownloadAction, trans: TranslationBundle): string {
  switch (action) {
    case 'pause':
      return trans.__('Pause');
    case 'resume':
      return trans.__('Resume');
    case 'retry':
      return trans.__('Try again');
    case 'cancel':
      return trans.__('Cancel');
    case 'up':
      return trans.__('Move up');
    case 'down':
      return trans.__('Move down');
    case 'open':
      return trans.__('Open');
    case 'quick-look':
      return trans.__('Quick look');
    case 'insert':
      return trans.__('Insert path as cell');
    case 'show':
      return trans.__('Show in file browser');
    case 'copy':
      return trans.__('Copy address');
  }
}

/** What the menu of files is made of. */
export interface IFileMenu {
  /** The files it is about, at least one. */
  readonly chosen: readonly IDownload[];
  /** The whole queue, for moving. */
  readonly items: readonly IDownload[];
  readonly context: IDownloadsContext;
  readonly trans: TranslationBundle;
  readonly act: IDownloadCallbacks['act'];
}

/** The context menu of a file, or of several. */
export function menuOf(menu: IFileMenu): MenuEntry[] {
  const { chosen, items, context } = menu;
  const queue = unique(chosen.flatMap(item => [...buttonsOf(item)]));
  const [only] = chosen;
  const moves: DownloadAction[] =
    chosen.length === 1
      ? (['up', 'down'] as const).filter(step => neighbour(items, only.id, step))
      : [];
  const [own, files] = [
    entries([...queue, ...moves], menu),
    fileEntries(menu, context)
  ];
  return own.length > 0 ? [...files, 'line', ...own] : files;
}

function fileEntries(menu: IFileMenu, context: IDownloadsContext): MenuEntry[] {
  const { chosen, trans } = menu;
  const isThere = chosen.every(({ state }) => state === 'done');
  const single = chosen.length === 1 ? (['open', 'quick-look'] as const) : [];
  const local = [...single, 'insert', 'show'] as const;
  const off = trans.__('The file is not there yet.');
  return [
    ...entries(
      local.filter(action => context.offers(action)),
      menu,
      isThere ? undefined : off
    ),
    ...entries(['copy'], menu)
  ];
}

function entries(
  actions: readonly DownloadAction[],
  { chosen, trans, act }: IFileMenu,
  off?: string
): MenuEntry[] {
  const ids = chosen.map(({ id }) => id);
  return actions.map(action => ({
    label: actionLabel(action, trans),
    ...(off !== undefined && { off }),
    run: () => act(action, ids)
  }));
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
