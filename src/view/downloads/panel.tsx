import type { ITranslator, TranslationBundle } from '@jupyterlab/translation';
import { ellipsesIcon, type Toolbar } from '@jupyterlab/ui-components';
import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import * as React from 'react';

import { ActionButton } from '../shared/actionbutton.js';
import { formatCount } from '../shared/format.js';
import { ReactView } from '../shared/reactview.js';
import { SectionTools } from '../shared/sectiontools.js';
import { WatchingPanel } from '../shared/watchingpanel.js';
import { openTabIcon, pauseIcon, resumeIcon } from './icons.js';
import { DownloadsList } from './list.js';
import type {
  IDownloadCallbacks,
  IDownloadsContext,
  IDownloadsSource
} from './types.js';

/** Milliseconds after which a countdown is told anew. */
const TICK = 1000;

/** The Downloads section of the sidebar. */
export class DownloadsPanel extends WatchingPanel {
  constructor(
    private readonly _source: IDownloadsSource,
    private readonly _callbacks: IDownloadCallbacks,
    translator: ITranslator
  ) {
    super();
    this._trans = translator.load('obsdeck');
    this.addClass('jp-Obsdeck-Downloads');
    this.addWidget(this._view);
    this.title.label = this._trans.__('Downloads');
    this._pause = pauseButton('pause', _callbacks, translator);
    this._resume = pauseButton('resume', _callbacks, translator);
    this.toolbar = this._tools(translator);
    _source.changed.connect(this._onChanged, this);
    this._onChanged();
  }

  /** Tools of the section's title; JupyterLab puts them there. */
  readonly toolbar: Toolbar;

  /** What is shown beside the queue itself. */
  get context(): IDownloadsContext {
    return this._context;
  }

  set context(value: IDownloadsContext) {
    this._context = value;
    this._view.update();
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this._source.changed.disconnect(this._onChanged, this);
      super.dispose();
    }
  }

  /** Put the focus on the first thing that can be done. */
  protected override onActivateRequest(msg: Message): void {
    super.onActivateRequest(msg);
    this.node.querySelector<HTMLElement>('button')?.focus();
  }

  protected override follow(): IDisposable {
    const watching = this._source.watch();
    const timer = setInterval(() => this._tick(), TICK);
    this._view.update();
    return new DisposableDelegate(() => {
      clearInterval(timer);
      watching.dispose();
    });
  }

  /** Only a countdown changes without a word from the server. */
  private _tick(): void {
    if (this._source.items.some(({ state }) => state === 'retrying')) {
      this._view.update();
    }
  }

  private _onChanged(): void {
    const { files, done, isPaused } = this._source.totals;
    const open = files > done;
    this._summary.node.textContent = open
      ? this._trans.__('%1 of %2', formatCount(done), formatCount(files))
      : '';
    this._pause.setHidden(isPaused || !open);
    this._resume.setHidden(!isPaused);
    this._view.update();
  }

  private _tools(translator: ITranslator): Toolbar {
    const toolbar = new SectionTools(this._trans.__('Downloads'), this._summary);
    toolbar.addItem('pause', this._pause);
    toolbar.addItem('resume', this._resume);
    toolbar.addItem(
      'tab',
      new ActionButton({
        className: 'jp-Obsdeck-Downloads-tabTool',
        icon: openTabIcon,
        tooltip: this._trans.__('Open downloads as tab'),
        onClick: () => this._callbacks.openTab(),
        translator
      })
    );
    toolbar.addItem('more', moreButton(this._callbacks, translator, this._trans));
    return toolbar;
  }

  private readonly _trans: TranslationBundle;
  private readonly _pause: ActionButton;
  private readonly _resume: ActionButton;
  /** As high as its content; the panel around it scrolls. */
  private readonly _view = new ReactView('jp-Obsdeck-Downloads-view', () => (
    <DownloadsList
      source={this._source}
      context={this._context}
      callbacks={this._callbacks}
      trans={this._trans}
      now={Date.now()}
    />
  ));
  private readonly _summary = new Widget({ node: document.createElement('span') });
  private _context: IDownloadsContext = {
    nameOf: archive => archive,
    ranOut: () => null,
    offers: () => false
  };
}

function pauseButton(
  does: 'pause' | 'resume',
  callbacks: IDownloadCallbacks,
  translator: ITranslator
): ActionButton {
  const trans = translator.load('obsdeck');
  const isPause = does === 'pause';
  return new ActionButton({
    icon: isPause ? pauseIcon : resumeIcon,
    tooltip: isPause ? trans.__('Pause all') : trans.__('Resume all'),
    onClick: () => (isPause ? callbacks.pauseAll() : callbacks.resumeAll()),
    translator
  });
}

function moreButton(
  callbacks: IDownloadCallbacks,
  translator: ITranslator,
  trans: TranslationBundle
): ActionButton {
  const more: ActionButton = new ActionButton({
    icon: ellipsesIcon,
    tooltip: trans.__('More download actions'),
    onClick: () => {
      const opener = more.node.querySelector<HTMLElement>('button, jp-button');
      const { left, bottom } = more.node.getBoundingClientRect();
      callbacks.menu({ x: left, y: bottom }, opener ?? more.node);
    },
    translator
  });
  return more;
}
