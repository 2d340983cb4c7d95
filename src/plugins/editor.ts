import { CodeEditor, type IEditorFactoryService } from '@jupyterlab/codeeditor';

import type { QueryEditorFactory } from '../view/query/types.js';

/** MIME type JupyterLab's editor highlights SQL by; ADQL is close to it. */
const SQL = 'text/x-sql';

/** JupyterLab's own editor as the ADQL editor of a Results tab. */
export function queryEditorFactory(service: IEditorFactoryService): QueryEditorFactory {
  return (host, text, onChange) => {
    const model = new CodeEditor.Model({ mimeType: SQL });
    model.sharedModel.setSource(text);
    const editor = service.newInlineEditor({ host, model });
    let silent = false;
    model.sharedModel.changed.connect(() => {
      if (!silent) {
        onChange(model.sharedModel.getSource());
      }
    });
    return {
      get text() {
        return model.sharedModel.getSource();
      },
      set text(value) {
        silent = true;
        model.sharedModel.setSource(value);
        silent = false;
      },
      focus: () => editor.focus(),
      dispose: () => {
        editor.dispose();
        model.dispose();
      }
    };
  };
}
