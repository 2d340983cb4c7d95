import type { ITranslator, TranslationBundle } from '@jupyterlab/translation';
import { ellipsesIcon, refreshIcon, type Toolbar } from '@jupyterlab/ui-components';
import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import * as React from 'react';

import { isRunning } from '../../model/jobs/entry.js';
import { ActionButton } from '../shared/actionbutton.js';
import { ReactView } from '../shared/reactview.js';
import { SectionTools } from '../shared/sectiontools.js';
import { WatchingPanel } from '../shared/watchingpanel.js';
import { JobsList } from './list.js';
import type { IJobCallbacks, IJobsContext, IJobsSource } from './types.js';

/** Milliseconds after which times that run, and those that do not, are told anew. */
const TICK = 1000;
const SLOW_TICK = 60_000;

/** The Jobs section of the sidebar. */
export class JobsPanel extends WatchingPanel {
  constructor(
    private readonly _source: IJobsSource,
    private readonly _callbacks: IJobCallbacks,
    translator: ITranslator
  ) {
    super();
    this._trans = translator.load('obsdeck');
    this.addClass('jp-Obsdeck-Jobs');
    this.addWidget(this._view);
    this.title.label = this._trans.__('Jobs');
    this.toolbar = titleTools(_callbacks, translator, this._trans, this._summary);
    _source.changed.connect(this._onChanged, this);
    // Whoever does something here may be told of jobs in their name.
    for (const gesture of ['pointerdown', 'keydown']) {
      this.node.addEventListener(gesture, () => _source.wake());
    }
    this._onChanged();
  }

  /** Tools of the section's title; JupyterLab puts them there. */
  readonly toolbar: Toolbar;

  /** What is shown beside the jobs themselves. */
  get context(): IJobsContext {
    return this._context;
  }

  set context(value: IJobsContext) {
    this._context = value;
    this._view.update();
  }

  /** From now on it is the user who brings the section into sight. */
  set isRestored(value: boolean) {
    this._isRestored = value;
  }

  /** Put the focus on the first thing that can be done. */
  protected override onActivateRequest(msg: Message): void {
    super.onActivateRequest(msg);
    this._source.wake();
    this.node.querySelector<HTMLElement>('input, button')?.focus();
  }

  protected override onAfterShow(msg: Message): void {
    if (this._isRestored) {
      this._source.wake();
    }
    super.onAfterShow(msg);
  }

  protected override follow(): IDisposable {
    const watching = this._source.watch();
    this._isFollowing = true;
    this._tick();
    this._view.update();
    return new DisposableDelegate(() => {
      this._isFollowing = false;
      clearTimeout(this._timer);
      watching.dispose();
    });
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this._source.changed.disconnect(this._onChanged, this);
      super.dispose();
    }
  }

  private _onChanged(): void {
    const count = this._source.jobs.filter(job => job.kept && isRunning(job)).length;
    const text = count > 0 ? this._trans._n('%1 running', '%1 running', count) : '';
    this._summary.node.textContent = text;
    this._tick();
    this._view.update();
  }

  /** Tell the times anew, while somebody can see them. */
  private _tick(): void {
    clearTimeout(this._timer);
    if (this._isFollowing) {
      const isMoving = this._source.jobs.some(isRunning);
      this._timer = setTimeout(
        () => {
          if (!document.hidden) {
            this._view.update();
          }
          this._tick();
        },
        isMoving ? TICK : SLOW_TICK
      );
    }
  }

  private readonly _trans: TranslationBundle;
  /** As high as its content; the panel around it scrolls. */
  private readonly _view = new ReactView('jp-Obsdeck-Jobs-view', () => (
    <JobsList
      source={this._source}
      context={this._context}
      callbacks={this._callbacks}
      trans={this._trans}
    />
  ));
  private readonly _summary = new Widget({ node: document.createElement('span') });
  private _context: IJobsContext = { nameOf: archive => archive, canSave: false };
  private _isRestored = false;
  private _isFollowing = false;
  private _timer: ReturnType<typeof setTimeout> | undefined;
}

/** Summary and buttons of the title. */
function titleTools(
  callbacks: IJobCallbacks,
  translator: ITranslator,
  trans: TranslationBundle,
  summary: Widget
): Toolbar {
  const toolbar = new SectionTools(trans.__('Jobs'), summary);
  toolbar.addItem(
    'refresh',
    new ActionButton({
      icon: refreshIcon,
      tooltip: trans.__('Refresh jobs'),
      onClick: () => callbacks.refresh(),
      translator
    })
  );
  const more: ActionButton = new ActionButton({
    icon: ellipsesIcon,
    tooltip: trans.__('More job actions'),
    onClick: () => {
      const opener = more.node.querySelector<HTMLElement>('button, jp-button');
      const { left, bottom } = more.node.getBoundingClientRect();
      callbacks.menu({ x: left, y: bottom }, opener ?? more.node);
    },
    translator
  });
  toolbar.addItem('more', more);
  return toolbar;
}
