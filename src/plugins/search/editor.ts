import type { EditorView } from '@codemirror/view';
import { CodeEditor, type IEditorFactoryService } from '@jupyterlab/codeeditor';
import type { CodeMirrorEditor } from '@jupyterlab/codemirror';

import type { IChange, IProblem } from '../../protocol/adql/index.js';
import type * as codemirror from '../../view/query/codemirror.js';
import type {
  IEditorHelp,
  IQueryEditor,
  QueryEditorFactory
} from '../../view/query/types.js';

/** MIME type of ADQL, for JupyterLab's editors. */
export const ADQL_MIME = 'text/x-adql';

/** JupyterLab's own editor as the ADQL editor of a Results tab. */
export function queryEditorFactory(service: IEditorFactoryService): QueryEditorFactory {
  return (host, text, onChange, help) => {
    const model = new CodeEditor.Model({ mimeType: ADQL_MIME });
    model.sharedModel.setSource(text);
    const config = { lineNumbers: true, lineWrap: true };
    const editor = service.newInlineEditor({ host, model, config });
    return new AdqlEditor(editor, model, onChange, help);
  };
}

/** What helps with ADQL in an editor; loaded with the first one. */
const loadTools = (): Promise<Tools> => import('../../view/query/codemirror.js');

type Tools = typeof codemirror;

/** An editor of JupyterLab, which can be used before what helps with ADQL is loaded. */
class AdqlEditor implements IQueryEditor {
  constructor(
    private readonly _editor: CodeEditor.IEditor,
    private readonly _model: CodeEditor.Model,
    onChange: (text: string) => void,
    help?: IEditorHelp
  ) {
    _model.sharedModel.changed.connect(() => {
      if (!this._isSilent) {
        onChange(this.text);
      }
    });
    this._tools = help ? this._equip(help) : Promise.resolve(null);
  }

  get text(): string {
    return this._model.sharedModel.getSource();
  }

  set text(value: string) {
    this._isSilent = true;
    this._model.sharedModel.setSource(value);
    this._isSilent = false;
  }

  focus(): void {
    this._editor.focus();
  }

  dispose(): void {
    this._editor.dispose();
    this._model.dispose();
  }

  closeList(): void {
    this._do((tools, view) => tools.closeList(view));
  }

  showProblems(problems: readonly IProblem[]): void {
    this._do((tools, view) => tools.markProblems(view, problems));
  }

  change(changes: readonly IChange[]): void {
    this._do((tools, view) => tools.changeText(view, changes));
    this.focus();
  }

  insert(text: string): void {
    this._do((tools, view) => tools.insertText(view, text));
    this.focus();
  }

  select(from: number, to: number): void {
    this._do((tools, view) => tools.selectText(view, from, to));
    this.focus();
  }

  /** Null where the application's editors are not CodeMirror's: then it is plain text. */
  private async _equip(help: IEditorHelp): Promise<Tools | null> {
    if (!isCodeMirror(this._editor)) {
      return null;
    }
    const tools = await loadTools();
    if (!this._editor.isDisposed) {
      this._editor.injectExtension(tools.adqlExtensions(help));
    }
    return tools;
  }

  /** Do something with the view once it is equipped, one after the other. */
  private _do(act: (tools: Tools, view: EditorView) => void): void {
    void this._tools.then(tools => {
      if (tools && isCodeMirror(this._editor) && !this._editor.isDisposed) {
        act(tools, this._editor.editor);
      }
    });
  }

  private readonly _tools: Promise<Tools | null>;
  private _isSilent = false;
}

function isCodeMirror(editor: CodeEditor.IEditor): editor is CodeMirrorEditor {
  return 'injectExtension' in editor;
}
