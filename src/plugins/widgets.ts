import { IJupyterWidgetRegistry } from '@jupyter-widgets/base';
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import {
  ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';

import { pausing } from '../model/table/pause.js';
import { IArchiveRegistry } from '../tokens.js';
import { VERSION } from '../version.js';
import type { ICellMeans, ICellWords } from '../widgets/means.js';
import { IResultTabs } from './results/results.js';

/** Shows widgets of the Python package in the outputs of cells. */
export const widgets: JupyterFrontEndPlugin<void> = {
  id: 'obsdeck:widgets',
  description: 'Shows queries and their rows in notebook cells.',
  autoStart: true,
  requires: [IArchiveRegistry, IResultTabs],
  optional: [IJupyterWidgetRegistry, ITranslator],
  activate: (
    _app: JupyterFrontEnd,
    archives: IArchiveRegistry,
    tabs: IResultTabs,
    registry: IJupyterWidgetRegistry | null,
    translator: ITranslator | null
  ) => {
    const means: ICellMeans = {
      archives,
      words: cellWords((translator ?? nullTranslator).load('obsdeck')),
      createModel: () => tabs.createModel(),
      createPanel: async model => {
        const panel = await tabs.createPanel(model, false);
        // They are about the tab that was used last, which a cell is none of.
        panel.setActions([]);
        return panel;
      },
      pausing
    };
    registry?.registerWidget({
      name: 'obsdeck',
      version: VERSION,
      exports: async () =>
        (await import('../widgets/obscorebrowser.js')).obsCoreBrowser(means)
    });
  }
};

/** The sentences of a cell. */
export function cellWords(trans: TranslationBundle): ICellWords {
  return {
    unknownArchive: id =>
      trans.__('There is no archive “%1” in the Accounts and Search sections.', id),
    noTables: archive => trans.__('%1 has no tables to search.', archive),
    unknownTable: (archive, table) =>
      trans.__('%1 offers no table “%2” in the Search section.', archive, table),
    tooMany: (count, most) =>
      trans.__('%1 rows are selected, and at most %2 go to the notebook.', count, most),
    noKernel: trans.__(
      'The kernel is gone: what is selected here reaches no variable. Run the cell again.'
    )
  };
}
