import type { TranslationBundle } from '@jupyterlab/translation';
import {
  type LabIcon,
  caretDownIcon,
  caretRightIcon,
  runIcon,
  stopIcon
} from '@jupyterlab/ui-components';
import * as React from 'react';

import type { Asker } from '../../archives/account.js';
import { AskerGroup } from '../shared/asker.js';
import type { IQueryEditor, QueryEditorFactory } from './types.js';

/** Properties of {@link QueryLine}. */
export interface IQueryLineProps {
  readonly adql: string;
  readonly open: boolean;
  readonly running: boolean;
  /** True when there is an archive to run the text at. */
  readonly canRun: boolean;
  readonly editedByHand: boolean;
  /** As whom it is asked; null where the archive has no accounts. */
  readonly asker: Asker | null;
  /** Why it cannot be asked as the user; empty where it can. */
  readonly askerOff: string;
  /** Host that is asked in the user's name, said before; empty for anyone. */
  readonly sentTo: string;
  readonly editorFactory: QueryEditorFactory;
  readonly trans: TranslationBundle;
  onToggle(): void;
  onEdit(text: string): void;
  onRun(): void;
  onStop(): void;
  onRevert(): void;
  onAsker(asker: Asker): void;
}

/** The query: one line, or unfolded an editor. */
export function QueryLine(props: IQueryLineProps): JSX.Element {
  const { adql, open, trans, onToggle } = props;
  const Caret = open ? caretDownIcon.react : caretRightIcon.react;
  return (
    <>
      <div className="jp-Obsdeck-Query-line">
        <button
          type="button"
          className="jp-Obsdeck-Query-adql"
          aria-expanded={open}
          onClick={onToggle}
        >
          <Caret tag="span" />
          {trans.__('ADQL')}
        </button>
        {open ? (
          <QueryTools {...props} />
        ) : (
          <>
            <code title={adql}>{adql.replace(/\s+/g, ' ').trim()}</code>
            <SentTo {...props} />
            <RunButton {...props} />
          </>
        )}
      </div>
      {open && <Editor {...props} />}
      {props.editedByHand && <EditedNote {...props} />}
    </>
  );
}

function QueryTools(props: IQueryLineProps): JSX.Element {
  const { running, trans, onStop } = props;
  return (
    <div
      className="jp-Obsdeck-Query-tools"
      role="toolbar"
      aria-label={trans.__('Query')}
    >
      <RunButton {...props} />
      <Tool
        icon={stopIcon}
        label={trans.__('Stop')}
        why={running ? undefined : trans.__('Nothing is running.')}
        onClick={onStop}
      />
      {props.asker !== null && (
        <AskerGroup
          label={trans.__('Run as')}
          asker={props.asker}
          off={props.askerOff}
          trans={trans}
          onAsker={props.onAsker}
        />
      )}
      <SentTo {...props} />
    </div>
  );
}

/** What leaves the machine in the user's name. */
function SentTo({ sentTo, trans }: IQueryLineProps): JSX.Element | null {
  const words = sentTo && trans.__('Sent to %1, as you.', sentTo);
  return words === '' ? null : (
    <span className="jp-Obsdeck-Query-sentTo" title={words}>
      {words}
    </span>
  );
}

function RunButton({ canRun, trans, onRun }: IQueryLineProps): JSX.Element {
  const why = canRun ? undefined : trans.__('Nothing to run yet.');
  return <Tool icon={runIcon} label={trans.__('Run')} why={why} onClick={onRun} />;
}

interface IToolProps {
  readonly icon: LabIcon;
  readonly label: string;
  /** Why it is disabled; undefined while it is not. */
  readonly why: string | undefined;
  readonly onClick: () => void;
}

function Tool({ icon, label, why, onClick }: IToolProps): JSX.Element {
  return (
    <button
      type="button"
      className="jp-Obsdeck-Query-tool"
      disabled={why !== undefined}
      title={why}
      onClick={onClick}
    >
      <icon.react tag="span" />
      {label}
    </button>
  );
}

function EditedNote({ trans, onRevert }: IQueryLineProps): JSX.Element {
  return (
    <div className="jp-Obsdeck-Query-edited" role="status">
      <span>{trans.__('The ADQL was edited by hand; the form cannot show it.')}</span>
      <button type="button" className="jp-Obsdeck-Query-button" onClick={onRevert}>
        {trans.__('Go back to the form')}
      </button>
    </div>
  );
}

/** The ADQL editor; Ctrl or Cmd Enter runs. */
function Editor(props: IQueryLineProps): JSX.Element {
  const { adql, editorFactory, trans } = props;
  const host = React.useRef<HTMLDivElement>(null);
  const editor = React.useRef<IQueryEditor | null>(null);
  const latest = React.useRef(props);
  React.useEffect(() => {
    latest.current = props;
    if (editor.current && editor.current.text !== adql) {
      editor.current.text = adql;
    }
  });
  React.useEffect(() => {
    if (!host.current) {
      return undefined;
    }
    const { current: node } = host;
    const made = editorFactory(node, latest.current.adql, text =>
      latest.current.onEdit(text)
    );
    editor.current = made;
    nameTextbox(node, trans.__('ADQL editor'));
    made.focus();
    return () => {
      editor.current = null;
      made.dispose();
    };
  }, [editorFactory, trans]);
  return (
    <div
      className="jp-Obsdeck-Query-editor"
      ref={host}
      onKeyDownCapture={event => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          event.stopPropagation();
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
