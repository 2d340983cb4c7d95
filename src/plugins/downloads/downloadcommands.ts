import { type ICommandPalette, InputDialog } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import { FileDialog } from '@jupyterlab/filebrowser';
import type { CommandRegistry } from '@lumino/commands';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import { isMoving } from '../../model/downloads/state.js';
import type { DownloadLayout, IDownloadRequest } from '../../model/downloads/types.js';
import { CommandIDs } from '../commands.js';
import type { IDownloadParts } from './downloadparts.js';
import { planDownloads } from './downloadplan.js';
import { saveText } from '../savetext.js';

/** File that tells what is in a folder of downloads. */
export const MANIFEST = 'obsdeck-manifest.json';

const LAYOUTS: readonly DownloadLayout[] = ['flat', 'observation', 'category'];

const NO_ARGUMENTS = { args: { type: 'object', properties: {} } } as const;

/** What the commands need beside the queue. */
export interface IDownloadCommandParts extends IDownloadParts {
  readonly palette: ICommandPalette | null;
  /** Fetch the files of the rows selected in the Results tab used last. */
  readonly rows: {
    isEnabled(): boolean;
    download(): Promise<readonly string[]>;
  };
  /** Bring the tab to the front, or open it. */
  openTab(): void;
}

/** Add the commands of downloads. */
export function addDownloadCommands(parts: IDownloadCommandParts): void {
  addDownload(parts);
  addQueueCommands(parts);
  addManifest(parts);
  addOthers(parts);
  for (const command of [
    CommandIDs.download,
    CommandIDs.openDownloads,
    CommandIDs.pauseDownloads,
    CommandIDs.resumeDownloads,
    CommandIDs.fetchManifest,
    CommandIDs.addAddresses
  ]) {
    parts.palette?.addItem({ command, category: parts.trans.__('Obsdeck') });
  }
}

function addDownload(parts: IDownloadCommandParts): void {
  const { app, rows, trans } = parts;
  app.commands.addCommand(CommandIDs.download, {
    label: trans.__('Download …'),
    caption: trans.__('Fetch files to the disk of the Jupyter server'),
    isEnabled: args => args['requests'] !== undefined || rows.isEnabled(),
    execute: args =>
      args['requests'] === undefined
        ? rows.download()
        : planDownloads(parts, requestsOf(args), proposalOf(args)),
    describedBy: {
      args: {
        type: 'object',
        properties: {
          requests: { type: 'array', items: { type: 'object' } },
          folder: { type: 'string' },
          layout: { type: 'string', enum: [...LAYOUTS] }
        }
      }
    }
  });
}

function requestsOf({ requests }: ReadonlyPartialJSONObject): IDownloadRequest[] {
  const given: readonly unknown[] = Array.isArray(requests) ? requests : [];
  return given.filter(isRequest);
}

function isRequest(value: unknown): value is IDownloadRequest {
  const request = value as Partial<IDownloadRequest> | null;
  return typeof request?.url === 'string' && typeof request.archive === 'string';
}

function proposalOf({ folder, layout }: ReadonlyPartialJSONObject) {
  const known = LAYOUTS.find(one => one === layout);
  return {
    ...(typeof folder === 'string' && { folder }),
    ...(known && { layout: known })
  };
}

function addQueueCommands({ app, queue, trans, openTab }: IDownloadCommandParts): void {
  const { commands } = app;
  commands.addCommand(CommandIDs.openDownloads, {
    label: trans.__('Open downloads'),
    caption: trans.__('Show the download queue as a tab'),
    execute: openTab,
    describedBy: NO_ARGUMENTS
  });
  commands.addCommand(CommandIDs.pauseDownloads, {
    label: trans.__('Pause all'),
    caption: trans.__('Pause all downloads'),
    isEnabled: () => !queue.totals.isPaused && queue.items.some(isMoving),
    execute: () => queue.pause(),
    describedBy: NO_ARGUMENTS
  });
  commands.addCommand(CommandIDs.resumeDownloads, {
    label: trans.__('Resume all'),
    caption: trans.__('Resume all downloads'),
    isEnabled: () =>
      queue.totals.isPaused || queue.items.some(({ state }) => state === 'paused'),
    execute: () => queue.resume(),
    describedBy: NO_ARGUMENTS
  });
  commands.addCommand(CommandIDs.clearDownloads, {
    label: trans.__('Clear done'),
    caption: trans.__('Take finished files off the list; they stay on disk'),
    isEnabled: () => queue.items.some(({ state }) => state === 'done'),
    execute: () => queue.clear(),
    describedBy: NO_ARGUMENTS
  });
  commands.addCommand(CommandIDs.saveDownloadScript, {
    label: trans.__('Save script …'),
    caption: trans.__('Save a script that fetches the files with curl'),
    isEnabled: () => queue.items.length > 0,
    execute: async () => saveText('download.sh', await queue.script()),
    describedBy: NO_ARGUMENTS
  });
  queue.changed.connect(() => tellChanged(commands));
}

function tellChanged(commands: CommandRegistry): void {
  for (const id of [CommandIDs.pauseDownloads, CommandIDs.resumeDownloads]) {
    commands.notifyCommandChanged(id);
  }
}

function addManifest(parts: IDownloadCommandParts): void {
  const { app, queue, browser, trans } = parts;
  app.commands.addCommand(CommandIDs.fetchManifest, {
    label: args =>
      args['isMenu'] === true
        ? trans.__('Fetch what is missing')
        : trans.__('Fetch from manifest …'),
    caption: trans.__('Fetch the files that a manifest names and its folder lacks'),
    isVisible: args => args['isMenu'] !== true || chosenManifest(browser) !== null,
    execute: async args => {
      const { path: given, isMenu } = args;
      const chosen = isMenu === true ? chosenManifest(browser) : null;
      const path = typeof given === 'string' ? given : (chosen ?? (await ask(parts)));
      return path === null ? [] : await queue.fetchManifest(path);
    },
    describedBy: {
      args: {
        type: 'object',
        properties: { path: { type: 'string' }, isMenu: { type: 'boolean' } }
      }
    }
  });
  app.contextMenu.addItem({
    command: CommandIDs.fetchManifest,
    args: { isMenu: true },
    selector: '.jp-DirListing-item[data-isdir="false"]',
    rank: 3
  });
}

/** Path of the manifest that is chosen in the file browser; null where none is. */
function chosenManifest(browser: IDownloadParts['browser']): string | null {
  const [item] = browser?.selectedItems() ?? [];
  return item?.name === MANIFEST ? item.path : null;
}

/** Ask for a manifest; null where the user gave up. */
async function ask({
  manager,
  browser,
  trans
}: IDownloadParts): Promise<string | null> {
  const title = trans.__('Fetch from manifest');
  if (!manager) {
    const label = trans.__('Path of the manifest');
    const { value } = await InputDialog.getText({ title, label });
    return value;
  }
  const { value } = await FileDialog.getOpenFiles({
    manager,
    title,
    defaultPath: browser?.model.path,
    filter: ({ type, name }) =>
      type === 'directory' || PathExt.extname(name) === '.json' ? {} : null
  });
  const [file] = value ?? [];
  return file?.type === 'file' ? file.path : null;
}

function addOthers(parts: IDownloadCommandParts): void {
  const { app, archives, trans } = parts;
  app.commands.addCommand(CommandIDs.addAddresses, {
    label: trans.__('Add addresses …'),
    caption: trans.__('Fetch a list of addresses'),
    isEnabled: () => archives.archives.length > 0,
    execute: async () => {
      const { askAddresses } = await import('../../view/downloads/addresses.js');
      const choices = archives.archives.map(({ definition: { id, name } }) => ({
        id,
        name
      }));
      return planDownloads(parts, await askAddresses({ archives: choices, trans }));
    },
    describedBy: NO_ARGUMENTS
  });
}
