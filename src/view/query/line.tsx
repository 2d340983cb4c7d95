import type { TranslationBundle } from '@jupyterlab/translation';
import { caretDownIcon, caretRightIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { Asker } from '../../archives/account.js';
import { AskerGroup } from '../shared/asker.js';
import { RunTool } from './toolbar.js';

/** Properties of {@link QueryLine}. */
export interface IQueryLineProps {
  readonly adql: string;
  readonly open: boolean;
  /** True when there is an archive to run the text at. */
  readonly canRun: boolean;
  /** The archive, as the user knows it; empty before there is one. */
  readonly archive: string;
  /** As whom it is asked; null where the archive has no accounts. */
  readonly asker: Asker | null;
  /** Why it cannot be asked as the user; empty where it can. */
  readonly askerOff: string;
  /** Host that is asked in the user's name, said before; empty for anyone. */
  readonly sentTo: string;
  readonly trans: TranslationBundle;
  /** What stands beside the button while the editor is open. */
  readonly tools: React.ReactNode;
  onToggle(): void;
  onRun(): void;
  onAsker(asker: Asker): void;
}

/** The line above the editor, or instead of it. */
export function QueryLine(props: IQueryLineProps): JSX.Element {
  const { adql, open, trans, tools, onToggle } = props;
  const Caret = open ? caretDownIcon.react : caretRightIcon.react;
  return (
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
        tools
      ) : (
        <>
          <code title={adql}>{adql.replace(/\s+/g, ' ').trim()}</code>
          <SentTo {...props} />
          <RunTool {...props} />
        </>
      )}
    </div>
  );
}

/** Who is asked, and as whom. */
export function QueryWho(props: IQueryLineProps): JSX.Element | null {
  const { archive, asker, askerOff, trans, onAsker } = props;
  return archive === '' ? null : (
    <div className="jp-Obsdeck-Query-who">
      <span>
        {trans.__('Archive')} <strong>{archive}</strong>
      </span>
      {asker !== null && (
        <AskerGroup
          label={trans.__('Run as')}
          asker={asker}
          off={askerOff}
          trans={trans}
          onAsker={onAsker}
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

/** The text says what the form does not. */
export function EditedNote(props: {
  readonly trans: TranslationBundle;
  onRevert(): void;
}): JSX.Element {
  const { trans, onRevert } = props;
  return (
    <div className="jp-Obsdeck-Query-edited" role="status">
      <span>{trans.__('The ADQL was edited by hand; the form cannot show it.')}</span>
      <button type="button" className="jp-Obsdeck-Query-button" onClick={onRevert}>
        {trans.__('Go back to the form')}
      </button>
    </div>
  );
}
