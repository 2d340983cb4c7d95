import type { IDocumentManager } from '@jupyterlab/docmanager';
import { FileDialog } from '@jupyterlab/filebrowser';
import type { ITranslator } from '@jupyterlab/translation';

import type { SearchModel } from '../../model/search.js';
import { ProtocolError } from '../../protocol/errors.js';
import { askTargets } from '../../view/search/targetsdialog.js';

/** Byte of the longest file that is read into the page; longer lists are tables to upload. */
const LONGEST_FILE = 10_000_000;

/**
 * Ask for a list of targets and search at them.
 *
 * @param manager - of the files of the workspace; null where there are none
 */
export async function chooseTargets(
  model: SearchModel,
  manager: IDocumentManager | null,
  translator: ITranslator
): Promise<void> {
  const { archive, form } = model;
  if (!archive) {
    return;
  }
  const readFile = manager && ((): Promise<string | null> => read(manager, translator));
  const targets = await askTargets(
    { archive, targets: form.targets, ...(readFile && { readFile }) },
    translator
  );
  if (targets) {
    model.update({ targets });
  }
}

/** The text of a file that the user chooses; null where none was chosen. */
async function read(
  manager: IDocumentManager,
  translator: ITranslator
): Promise<string | null> {
  const trans = translator.load('obsdeck');
  const { button, value } = await FileDialog.getOpenFiles({
    manager,
    title: trans.__('List of targets'),
    translator
  });
  const file = button.accept ? value?.[0] : undefined;
  if (!file) {
    return null;
  }
  if ((file.size ?? 0) > LONGEST_FILE) {
    throw new ProtocolError(
      'rejected',
      trans.__('%1 is larger than 10 MB. Use a shorter list.', file.name)
    );
  }
  const { content } = await manager.services.contents.get(file.path, {
    type: 'file',
    format: 'text',
    content: true
  });
  return String(content);
}
