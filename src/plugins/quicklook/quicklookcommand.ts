import type { JupyterFrontEnd } from '@jupyterlab/application';
import { InputDialog } from '@jupyterlab/apputils';
import type { IFileBrowserFactory } from '@jupyterlab/filebrowser';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import { previewColumns, previewOf } from '../../model/previews.js';
import { rowTarget } from '../../model/quicklook/rowtarget.js';
import type { IRowTarget } from '../../model/quicklook/types.js';
import { cellsOf } from '../../model/rowcells.js';
import type { IArchiveRegistry, IObsSelection } from '../../tokens.js';
import { quickLookIcon } from '../../view/quicklook/icons.js';
import { attempt } from '../attempt.js';
import { CommandIDs } from '../commands.js';
import type { QuickLookTabs } from './quicklooktabs.js';
import { isFits, readTarget } from './quicklooktarget.js';

/** What the command works with. */
export interface IQuickLookCommandParts {
  readonly app: JupyterFrontEnd;
  readonly tabs: QuickLookTabs;
  readonly archives: IArchiveRegistry;
  readonly selection: IObsSelection;
  /** Null where there is no file browser. */
  readonly browsers: IFileBrowserFactory | null;
  readonly trans: TranslationBundle;
}

const ARGUMENTS = {
  type: 'object',
  properties: {
    path: { type: 'string' },
    archive: { type: 'string' },
    id: { type: 'string' },
    url: { type: 'string' },
    name: { type: 'string' },
    size: { type: 'number' },
    preview: { type: 'string' },
    chosen: { type: 'boolean' },
    restored: { type: 'boolean' }
  }
};

/**
 * `obsdeck:quick-look`: of a path, of a file or row at an archive, of what is chosen in the
 * file browser; asks for a path where nothing is told.
 */
export function addQuickLookCommand(parts: IQuickLookCommandParts): void {
  const { app, browsers, trans } = parts;
  app.commands.addCommand(CommandIDs.quickLook, {
    label: args => (args['chosen'] ? trans.__('Quick look') : trans.__('Quick look …')),
    caption: trans.__('Show the picture, spectrum or table of a FITS file'),
    icon: quickLookIcon,
    isVisible: args => args['chosen'] !== true || chosenFits(browsers).length > 0,
    execute: args => quickLook(parts, args),
    describedBy: { args: ARGUMENTS }
  });
  app.contextMenu.addItem({
    command: CommandIDs.quickLook,
    args: { chosen: true },
    selector: '.jp-DirListing-item[data-isdir="false"]',
    rank: 1.5
  });
}

/** “Quick look” of the Results toolbar and of the menu of a row. */
export function addQuickLookAction(
  selection: IObsSelection,
  tabs: QuickLookTabs,
  trans: TranslationBundle
): void {
  selection.addAction({
    id: 'quick-look',
    label: trans.__('Quick look'),
    icon: quickLookIcon,
    rank: -30,
    offered: () => chosenArchive(selection)?.links !== undefined,
    enabled: () => chosenRow(selection) !== null,
    reason: () => trans.__('Choose a row that has a file or a preview first.'),
    execute: () => {
      const target = chosenRow(selection);
      if (target) {
        attempt(tabs.open(target));
      }
    }
  });
}

async function quickLook(
  parts: IQuickLookCommandParts,
  args: ReadonlyPartialJSONObject
): Promise<void> {
  const { tabs, archives, browsers, selection } = parts;
  if (args['restored']) {
    return restore(parts, args);
  }
  if (args['chosen']) {
    for (const path of chosenFits(browsers)) {
      await tabs.open({ kind: 'file', path });
    }
    return;
  }
  const told = readTarget(args, archives);
  const target = told ?? (hasNone(args) ? chosenRow(selection) : null);
  const path = target ? '' : await askPath(parts);
  if (target) {
    await tabs.open(target);
  } else if (path) {
    await tabs.open({ kind: 'file', path });
  }
}

/** JupyterLab's whole layout waits for this, which thus cannot wait for the archives. */
function restore(
  { tabs, archives }: IQuickLookCommandParts,
  args: ReadonlyPartialJSONObject
): Promise<void> | void {
  if (typeof args['path'] === 'string') {
    return tabs.restore({ kind: 'file', path: args['path'] });
  }
  void archives.ready.then(() => {
    const target = readTarget(args, archives);
    return target && tabs.restore(target);
  });
}

async function askPath({ trans }: IQuickLookCommandParts): Promise<string | null> {
  const { value } = await InputDialog.getText({
    title: trans.__('Quick look'),
    label: trans.__('FITS file on the Jupyter server'),
    okLabel: trans.__('Show')
  });
  return value && value.replace(/^\/+/, '').trim();
}

/** Paths of the FITS files that are chosen in the file browser used last. */
function chosenFits(browsers: IFileBrowserFactory | null): string[] {
  const items = browsers?.tracker.currentWidget?.selectedItems() ?? [];
  return [...items]
    .filter(item => item.type !== 'directory' && isFits(item.path))
    .map(item => item.path);
}

function hasNone(args: ReadonlyPartialJSONObject): boolean {
  return ['path', 'archive', 'url', 'id'].every(name => args[name] === undefined);
}

function chosenArchive({ query }: IObsSelection) {
  return query?.result.provenance?.archive ?? null;
}

/** The row with the focus, or else the first selected one; null where it shows nothing. */
function chosenRow(selection: IObsSelection): IRowTarget | null {
  const archive = chosenArchive(selection);
  const store = selection.query?.result.rows;
  const row = selection.focusedRow ?? selection.selectedRows[0] ?? null;
  if (!archive || !store || row === null || row >= store.rowCount) {
    return null;
  }
  const target = rowTarget(archive, cellsOf(store, row));
  const columns = previewColumns(store.fields);
  const preview = columns && previewOf(store, row, columns);
  return target.source || preview ? { ...target, preview } : null;
}
