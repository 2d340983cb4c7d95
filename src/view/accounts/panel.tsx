import type { ITranslator, TranslationBundle } from '@jupyterlab/translation';
import { refreshIcon, type Toolbar } from '@jupyterlab/ui-components';
import type { IDisposable } from '@lumino/disposable';
import type { Message } from '@lumino/messaging';
import { type ISignal, Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import * as React from 'react';

import { ActionButton } from '../shared/actionbutton.js';
import { addArchiveIcon } from '../shared/icons.js';
import { ReactView } from '../shared/reactview.js';
import { SectionTools } from '../shared/sectiontools.js';
import { WatchingPanel } from '../shared/watchingpanel.js';
import { AccountsList } from './list.js';
import { endsSoon } from './row.js';
import type { IAccountCallbacks, IAccountsContext, IAccountsSource } from './types.js';

/** The Accounts section of the sidebar. */
export class AccountsPanel extends WatchingPanel {
  constructor(
    private readonly _source: IAccountsSource,
    private readonly _callbacks: IAccountCallbacks,
    translator: ITranslator
  ) {
    super();
    this._trans = translator.load('obsdeck');
    this.addClass('jp-Obsdeck-Accounts');
    this.addWidget(this._view);
    this.title.label = this._trans.__('Accounts');
    this.toolbar = titleTools(_callbacks, translator, this._trans, this._summary);
    _source.changed.connect(this._onChanged, this);
    this._onChanged();
  }

  /** Tools of the section's title; JupyterLab puts them there. */
  readonly toolbar: Toolbar;

  /** Emitted when `needsCare` may have changed. */
  get careChanged(): ISignal<this, void> {
    return this._careChanged;
  }

  /** True while a sign-in is about to end, or has. */
  get needsCare(): boolean {
    const { warnSeconds } = this._context;
    const now = this._source.now();
    return this._source.accounts.some(
      account => account.state === 'expired' || endsSoon(account, { now, warnSeconds })
    );
  }

  /** What is shown beside the accounts themselves. */
  get context(): IAccountsContext {
    return this._context;
  }

  set context(value: IAccountsContext) {
    this._context = value;
    this._onChanged();
  }

  /** Put the focus on the first thing that can be done. */
  protected override onActivateRequest(msg: Message): void {
    super.onActivateRequest(msg);
    this.node.querySelector<HTMLElement>('button')?.focus();
  }

  /** Times left are told anew. */
  protected override follow(): IDisposable {
    this._view.update();
    return this._source.watch(() => {
      if (!document.hidden) {
        this._view.update();
      }
    });
  }

  override dispose(): void {
    if (!this.isDisposed) {
      Signal.clearData(this);
      super.dispose();
    }
  }

  private _onChanged(): void {
    const count = this._source.accounts.filter(
      ({ state }) => state === 'signed-in'
    ).length;
    const text = count > 0 ? this._trans._n('%1 signed in', '%1 signed in', count) : '';
    this._summary.node.textContent = text;
    this._careChanged.emit();
    this._view.update();
  }

  private readonly _trans: TranslationBundle;
  /** As high as its content; the panel around it scrolls. */
  private readonly _view = new ReactView('jp-Obsdeck-Accounts-view', () => (
    <AccountsList
      source={this._source}
      context={this._context}
      callbacks={this._callbacks}
      trans={this._trans}
    />
  ));
  private readonly _summary = new Widget({ node: document.createElement('span') });
  private readonly _careChanged = new Signal<this, void>(this);
  private _context: IAccountsContext = {
    definition: () => undefined,
    workOn: () => undefined,
    warnSeconds: 0
  };
}

/** Summary and buttons of the title. */
function titleTools(
  callbacks: IAccountCallbacks,
  translator: ITranslator,
  trans: TranslationBundle,
  summary: Widget
): Toolbar {
  const toolbar = new SectionTools(trans.__('Accounts'), summary);
  toolbar.addItem(
    'add-archive',
    new ActionButton({
      icon: addArchiveIcon,
      tooltip: trans.__('Add archive'),
      onClick: () => callbacks.addArchive(),
      translator
    })
  );
  toolbar.addItem(
    'refresh',
    new ActionButton({
      icon: refreshIcon,
      tooltip: trans.__('Check accounts again'),
      onClick: () => callbacks.refresh(),
      translator
    })
  );
  return toolbar;
}
