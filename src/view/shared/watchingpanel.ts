import type { IDisposable } from '@lumino/disposable';
import type { Message } from '@lumino/messaging';
import { Panel } from '@lumino/widgets';

/**
 * A section of the sidebar that follows what moves by itself only while somebody can see
 * it.
 */
export abstract class WatchingPanel extends Panel {
  constructor() {
    super();
    this.addClass('jp-Obsdeck-Section');
  }

  /** Begin to follow; disposing ends it. Called each time the panel comes into sight. */
  protected abstract follow(): IDisposable;

  protected override onAfterShow(msg: Message): void {
    super.onAfterShow(msg);
    this._watch();
  }

  protected override onAfterAttach(msg: Message): void {
    super.onAfterAttach(msg);
    this._watch();
  }

  protected override onBeforeHide(msg: Message): void {
    this._unwatch();
    super.onBeforeHide(msg);
  }

  protected override onBeforeDetach(msg: Message): void {
    this._unwatch();
    super.onBeforeDetach(msg);
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this._unwatch();
      super.dispose();
    }
  }

  private _watch(): void {
    this._unwatch();
    if (this.isVisible) {
      this._watching = this.follow();
    }
  }

  private _unwatch(): void {
    this._watching?.dispose();
    this._watching = null;
  }

  private _watching: IDisposable | null = null;
}
