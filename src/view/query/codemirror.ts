import { closeCompletion } from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';

import type { IChange, IProblem } from '../../protocol/adql/index.js';
import { completionList } from './completion.js';
import { problemMarks, setProblems } from './marks.js';
import type { IEditorHelp } from './types.js';

/** Everything that helps with ADQL, for an editor of JupyterLab. */
export function adqlExtensions(help: IEditorHelp): Extension {
  return [
    EditorView.contentAttributes.of({ 'aria-label': help.label }),
    completionList(help),
    problemMarks,
    keymap.of([
      {
        key: 'F8',
        run: () => {
          help.nextProblem();
          return true;
        }
      }
    ])
  ];
}

/** Close the list of completions, also one that is still waited for. */
export function closeList(view: EditorView): void {
  closeCompletion(view);
}

/** Mark the problems of the text. */
export function markProblems(view: EditorView, problems: readonly IProblem[]): void {
  view.dispatch({ effects: setProblems.of(problems) });
}

/** Replace pieces of the text, apart from each other. */
export function changeText(view: EditorView, changes: readonly IChange[]): void {
  view.dispatch({ changes: [...changes], userEvent: 'input.replace' });
}

/** Put a text where the cursor is, with blanks where it would grow together with a name. */
export function insertText(view: EditorView, text: string): void {
  const { from, to } = view.state.selection.main;
  const before = /[\w"']$/.test(view.state.sliceDoc(Math.max(0, from - 1), from));
  const after = /^[\w"']/.test(view.state.sliceDoc(to, to + 1));
  const insert = `${before ? ' ' : ''}${text}${after ? ' ' : ''}`;
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: from + insert.length },
    scrollIntoView: true,
    userEvent: 'input'
  });
}

/** Bring a place of the text into sight and select it. */
export function selectText(view: EditorView, from: number, to: number): void {
  const end = view.state.doc.length;
  const [anchor, head] = [Math.min(from, end), Math.min(to, end)];
  view.dispatch({ selection: { anchor, head }, scrollIntoView: true });
}
