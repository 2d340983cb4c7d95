import { PathExt } from '@jupyterlab/coreutils';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import type { Contents } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { IColumnLayout } from '../../model/columnlayout.js';
import { writeDocument } from '../../model/document/document.js';
import { documentOf } from '../../model/document/request.js';
import { DOCUMENT_EXTENSION } from '../../model/document/types.js';
import type { IQueryRequest } from '../../model/query.js';
import { fileName } from '../filename.js';
import { isMissing } from '../missing.js';
import { SEARCH_FACTORY } from './searchfile.js';
import { titleOf } from '../results/tabtitle.js';

/** What files are written and opened with. */
export interface ISaveParts {
  readonly documents: IDocumentManager;
  /** Tells the folder in which new files are wanted; the root without it. */
  readonly browser: IDefaultFileBrowser | null;
  readonly trans: TranslationBundle;
}

/**
 * Ask for a name and write a search into the folder of the file browser.
 *
 * @param layout - how the columns of its rows are shown
 * @returns the file's path; null where the user gave up
 * @throws SearchError for what cannot be saved
 */
export async function saveSearch(
  { documents, browser, trans }: ISaveParts,
  request: IQueryRequest,
  layout: IColumnLayout
): Promise<string | null> {
  const content = writeDocument(documentOf(request, { layout, others: {} }));
  const folder = browser?.model.path ?? '';
  const { contents } = documents.services;
  const { askSave } = await import('../../view/document/savedialog.js');
  return askSave({
    trans,
    name: fileName(titleOf(request, trans)),
    path: name => PathExt.join(folder, withExtension(name)),
    write: async (path, replace) => {
      if (!replace && (await exists(contents, path))) {
        return false;
      }
      await contents.save(path, { type: 'file', format: 'text', content });
      return true;
    }
  });
}

/** Show a search that was saved just now, also where an earlier text of it was open. */
export async function showSaved(
  documents: IDocumentManager,
  path: string,
  beside?: string
): Promise<void> {
  const open = documents.findWidget(path, SEARCH_FACTORY);
  await open?.context.revert();
  documents.openOrReveal(path, SEARCH_FACTORY, undefined, {
    ...(beside && { ref: beside, mode: 'tab-after' })
  });
}

async function exists(contents: Contents.IManager, path: string): Promise<boolean> {
  try {
    await contents.get(path, { content: false });
    return true;
  } catch (reason) {
    if (isMissing(reason)) {
      return false;
    }
    throw reason;
  }
}

function withExtension(name: string): string {
  return name.endsWith(DOCUMENT_EXTENSION) ? name : name + DOCUMENT_EXTENSION;
}
