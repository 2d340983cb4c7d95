import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import * as React from 'react';

import { canSignIn } from '../../archives/signin.js';
import type { QueryModel } from '../../model/query.js';
import { hostOf, type IRights, isSignedIn, whyOff } from '../shared/rights.js';
import { QueryLine } from './line.js';
import type { QueryEditorFactory } from './types.js';

/** What the query part of a Results tab is made of. */
export interface IQueryPaneOptions {
  readonly model: QueryModel;
  readonly editorFactory: QueryEditorFactory;
  /** The accounts; null where there are none. */
  readonly rights: IRights | null;
  readonly trans: TranslationBundle;
  run(): void;
  stop(): void;
}

/** The query of a Results tab: one line, or unfolded an editor with its tools. */
export class QueryPane extends ReactWidget {
  constructor(private readonly _options: IQueryPaneOptions) {
    super();
    this.addClass('jp-Obsdeck-Query');
  }

  /** True while the ADQL editor is unfolded. */
  get open(): boolean {
    return this._open;
  }

  set open(open: boolean) {
    this._open = open;
    this.update();
  }

  /** Put the focus where it stays while the rest of the pane changes. */
  focusLine(): void {
    this.node.querySelector<HTMLElement>('button')?.focus();
  }

  protected override render(): JSX.Element {
    const { model, rights, trans, editorFactory, run, stop } = this._options;
    const { as = 'anyone', archive, table } = model.request ?? {};
    const isMe = as === 'me' && isSignedIn(rights, archive?.definition.id ?? '');
    return (
      <QueryLine
        adql={model.adql}
        open={this._open}
        running={model.result.state === 'loading'}
        canRun={model.request !== null && model.adql.trim() !== ''}
        editedByHand={model.editedByHand}
        asker={rights && archive && canSignIn(archive.definition) ? as : null}
        askerOff={whyOff(rights, trans)}
        sentTo={isMe ? hostOf(table?.service ?? '') : ''}
        editorFactory={editorFactory}
        trans={trans}
        onToggle={() => (this.open = !this.open)}
        onEdit={text => (model.adql = text)}
        onRun={run}
        onStop={stop}
        onRevert={this._revert}
        onAsker={asker => model.setAs(asker)}
      />
    );
  }

  /** The button that was pressed is about to go away. */
  private readonly _revert = (): void => {
    this._options.model.revert();
    this.focusLine();
  };

  private _open = false;
}
