import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { Contents } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';

import { RunChanges } from '../../model/changes/changes.js';
import { OpenDocument } from '../../model/document/open.js';
import { pausing } from '../../model/table/pause.js';
import type { IArchiveRegistry } from '../../tokens.js';
import { ChangesView } from '../../view/document/changes.js';
import { RefusalView } from '../../view/document/refusal.js';
import { resultsIcon } from '../../view/results/icons.js';
import { attempt } from '../attempt.js';
import { FileKeeper } from '../documents/runkeeper.js';
import { type SearchContext, SearchTab } from '../documents/documenttab.js';
import type { QueryTab } from '../results/resultstab.js';
import type { ResultTabs } from '../results/resulttabs.js';
import type { ISchemas } from './schema.js';

/** What opens saved searches. */
export interface IOpenParts {
  readonly app: JupyterFrontEnd;
  readonly tabs: ResultTabs;
  readonly archives: IArchiveRegistry;
  readonly trans: TranslationBundle;
  readonly schemas: ISchemas;
  /** Where the files are. */
  readonly contents: Contents.IManager;
}

/**
 * Open the tab of a saved search. It shows the query, and asks nobody.
 *
 * @param saved - the tab that was saved under this name: its rows go over to the new one
 */
export function openSearch(
  { app, tabs, archives, schemas, trans, contents }: IOpenParts,
  context: SearchContext,
  saved?: QueryTab
): SearchTab {
  const model = saved?.model ?? tabs.createModel();
  const document = new OpenDocument(model, {
    archive: id => archives.get(id),
    schemas
  });
  tabs.layoutsOf(model).document = document;
  const refusal = new RefusalView(document, trans, () =>
    attempt(openText(app, context))
  );
  const panel = saved ? tabs.release(saved) : tabs.createPanel(model);
  const runs = new RunChanges(model.result, {
    keeper: new FileKeeper(contents, () => context.path),
    words: {
      column: trans.__('Change'),
      added: trans.__('Added'),
      released: trans.__('Released'),
      removed: trans.__('Removed')
    },
    pause: pausing
  });
  const changes = new ChangesView(runs, trans);
  const tab = new SearchTab({ context, model, document, panel, refusal, changes });
  tab.disposed.connect(() => runs.dispose());
  tab.title.icon = resultsIcon;
  tabs.follow(tab);
  void panel.then(loaded => !saved && tabs.followPanel(loaded));
  context.pathChanged.connect(() => void tabs.tracker.save(tab));
  void Promise.all([context.ready, archives.ready]).then(() => linkText(tab, archives));
  return tab;
}

/** Keep the text of the file and the document in step, both ways. */
function linkText(tab: SearchTab, archives: IArchiveRegistry): void {
  const { context, document } = tab;
  if (tab.isDisposed) {
    return;
  }
  const { sharedModel } = context.model;
  const read = (): void => document.read(sharedModel.getSource());
  // Who has no such archive now may add it.
  const readAgain = (): void => (document.search === null ? read() : undefined);
  context.model.contentChanged.connect(read);
  archives.changed.connect(readAgain);
  document.edited.connect(() => {
    sharedModel.setSource(document.text);
    context.model.dirty = true;
  });
  tab.disposed.connect(() => archives.changed.disconnect(readAgain));
  read();
}

async function openText(app: JupyterFrontEnd, context: SearchContext): Promise<void> {
  await app.commands.execute('docmanager:open', {
    path: context.path,
    factory: 'Editor'
  });
}
