import * as React from 'react';

import type { IProblem } from '../../protocol/adql/index.js';
import type { IEditorHelp, IQueryEditor, QueryEditorFactory } from './types.js';

/** Properties of {@link EditorHost}. */
export interface IEditorHostProps {
  /** Text at the beginning; later the editor is told by whoever changes it. */
  readonly text: string;
  readonly problems: readonly IProblem[];
  readonly factory: QueryEditorFactory;
  readonly help: IEditorHelp;
  /** Called with the editor once it is there, and with null when it goes. */
  onEditor(editor: IQueryEditor | null): void;
  onEdit(text: string): void;
  onRun(): void;
}

/** The place of the ADQL editor; Ctrl or Cmd Enter runs. */
export function EditorHost(props: IEditorHostProps): JSX.Element {
  const { problems, factory } = props;
  const host = React.useRef<HTMLDivElement>(null);
  const editor = React.useRef<IQueryEditor | null>(null);
  const latest = React.useRef(props);
  React.useEffect(() => {
    latest.current = props;
  });
  React.useEffect(() => {
    const { current: node } = host;
    const { help, onEditor } = latest.current;
    if (!node) {
      return undefined;
    }
    const onChange = (edited: string): void => latest.current.onEdit(edited);
    const made = factory(node, latest.current.text, onChange, help);
    editor.current = made;
    nameTextbox(node, help.label);
    onEditor(made);
    made.focus();
    return () => {
      editor.current = null;
      onEditor(null);
      made.dispose();
    };
  }, [factory]);
  React.useEffect(() => {
    editor.current?.showProblems?.(problems);
  }, [problems]);
  return (
    <div
      className="jp-Obsdeck-Query-editor"
      ref={host}
      onKeyDownCapture={event => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          event.stopPropagation();
          editor.current?.closeList?.();
          latest.current.onRun();
        }
      }}
    />
  );
}

/** Editors do not name their textbox; without a name it is announced as “edit text”. */
function nameTextbox(host: HTMLElement, name: string): void {
  const textbox = host.querySelector(
    '[role="textbox"], textarea, [contenteditable="true"]'
  );
  textbox?.setAttribute('aria-label', name);
}
