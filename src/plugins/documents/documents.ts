import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { DOCUMENT_EXTENSION } from '../../model/document/types.js';
import { IArchiveRegistry } from '../../tokens.js';
import { searchIcon } from '../../view/shared/icons.js';
import { addDocumentCommands } from './documentcommands.js';
import { SearchFactory } from './documenttab.js';
import { openSearch } from '../search/opensearch.js';
import { IResultTabs } from '../results/results.js';
import type { QueryTab } from '../results/resultstab.js';
import { ISchemas } from '../search/schema.js';
import { SEARCH_FACTORY, SEARCH_TYPE } from './searchfile.js';

/** Saved searches: small text files that open as Results tabs, and never run by that. */
export const documents: JupyterFrontEndPlugin<void> = {
  id: 'obsdeck:documents',
  description: 'Saves searches as files and opens them.',
  autoStart: true,
  requires: [IResultTabs, IArchiveRegistry, ISchemas, IDocumentManager],
  optional: [IDefaultFileBrowser, ITranslator, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    tabs: IResultTabs,
    archives: IArchiveRegistry,
    schemas: ISchemas,
    manager: IDocumentManager,
    browser: IDefaultFileBrowser | null,
    translator: ITranslator | null,
    palette: ICommandPalette | null
  ) => {
    const trans = (translator ?? nullTranslator).load('obsdeck');
    const { contents } = manager.services;
    const parts = { app, tabs, archives, schemas, trans, contents };
    /** Tabs that were saved just now, by the path of the file. */
    const saved = new Map<string, QueryTab>();
    app.docRegistry.addFileType({
      name: SEARCH_TYPE,
      displayName: trans.__('Observation search'),
      extensions: [DOCUMENT_EXTENSION],
      mimeTypes: ['application/x-obsdeck-search+json'],
      icon: searchIcon,
      contentType: 'file',
      fileFormat: 'text'
    });
    const options = {
      name: SEARCH_FACTORY,
      label: trans.__('Observation search'),
      fileTypes: [SEARCH_TYPE],
      defaultFor: [SEARCH_TYPE],
      modelName: 'text'
    };
    const factory = new SearchFactory(options, context => {
      const tab = saved.get(context.path);
      saved.delete(context.path);
      return openSearch(parts, context, tab);
    });
    app.docRegistry.addWidgetFactory(factory);
    addDocumentCommands({ ...parts, documents: manager, browser, palette, saved });
  }
};
