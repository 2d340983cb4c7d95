import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IEditorLanguageRegistry } from '@jupyterlab/codemirror';

import { ADQL_MIME } from './editor.js';

/** Teaches JupyterLab's editors ADQL, in Results tabs and in `*.adql` files. */
export const adql: JupyterFrontEndPlugin<void> = {
  id: 'obsdeck:adql',
  description: 'Highlights ADQL.',
  autoStart: true,
  requires: [IEditorLanguageRegistry],
  activate: (_: JupyterFrontEnd, languages: IEditorLanguageRegistry) => {
    languages.addLanguage({
      name: 'ADQL',
      mime: ADQL_MIME,
      extensions: ['adql'],
      load: async () => (await import('../view/query/language.js')).adqlSupport()
    });
  }
};
