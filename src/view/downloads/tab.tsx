import type { TranslationBundle } from '@jupyterlab/translation';
import type { IDisposable } from '@lumino/disposable';
import { Panel } from '@lumino/widgets';
import * as React from 'react';

import { ReactView } from '../shared/reactview.js';
import type {
  IDownloadCallbacks,
  IDownloadsContext,
  IDownloadsSource
} from './types.js';
import { WideList } from './widelist.js';

/** What a {@link DownloadsTab} shows. */
export interface IDownloadsTabOptions {
  readonly source: IDownloadsSource;
  readonly callbacks: IDownloadCallbacks;
  readonly trans: TranslationBundle;
  /** Asked at every drawing. */
  readonly context: () => IDownloadsContext;
}

/** The queue as a wide list, in the main area. */
export class DownloadsTab extends Panel {
  constructor(private readonly _options: IDownloadsTabOptions) {
    super();
    this.addClass('jp-Obsdeck-DownloadsTab');
    this.addWidget(this._view);
    _options.source.changed.connect(this._redraw, this);
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this._options.source.changed.disconnect(this._redraw, this);
      this._watching?.dispose();
      super.dispose();
    }
  }

  protected override onAfterShow(): void {
    this._watching ??= this._options.source.watch();
    this._redraw();
  }

  protected override onAfterAttach(): void {
    if (this.isVisible) {
      this.onAfterShow();
    }
  }

  protected override onBeforeHide(): void {
    this._watching?.dispose();
    this._watching = null;
  }

  protected override onActivateRequest(): void {
    void this._view.renderPromise?.then(() =>
      this.node.querySelector<HTMLElement>('[role="grid"], button')?.focus()
    );
  }

  private _redraw(): void {
    if (this.isVisible) {
      this._view.update();
    }
  }

  private readonly _view = new ReactView('jp-Obsdeck-DownloadsTab-view', () => {
    const { source, callbacks, trans, context } = this._options;
    return (
      <WideList
        source={source}
        callbacks={callbacks}
        trans={trans}
        context={context()}
        now={Date.now()}
      />
    );
  });
  private _watching: IDisposable | null = null;
}
