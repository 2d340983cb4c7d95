import { PathExt } from '@jupyterlab/coreutils';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import { FileDialog, type IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';

/** What lets the user choose a folder; it answers null where they gave up. */
export function folderChooser(
  manager: IDocumentManager,
  trans: TranslationBundle
): (folder: string) => Promise<string | null> {
  return async defaultPath => {
    const { value } = await FileDialog.getExistingDirectory({
      manager,
      defaultPath,
      title: trans.__('Choose folder')
    });
    return value?.[0]?.path ?? null;
  };
}

/** Show a folder in the file browser. */
export async function showFolder(
  commands: CommandRegistry,
  path: string
): Promise<void> {
  await commands.execute('filebrowser:go-to-path', { path });
}

/** Show the folder of a file in the file browser, and choose the file there. */
export async function showFile(
  commands: CommandRegistry,
  browser: IDefaultFileBrowser | null,
  path: string
): Promise<void> {
  await showFolder(commands, PathExt.dirname(path));
  await browser?.selectItemByName(PathExt.basename(path));
}
