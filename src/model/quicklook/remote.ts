import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import type { IPictureFile } from '../previews.js';
import { Latest } from './latest.js';
import type { IRowTarget } from './types.js';

/** What is done about files that are at an archive; what is missing cannot be done. */
export interface IRemoteMeans {
  /** Gets a picture on behalf of an archive, as anyone. */
  readonly preview?: (
    archive: string,
    url: string,
    signal: AbortSignal
  ) => Promise<IPictureFile>;
  /**
   * Saves the file on the Jupyter server; resolves to its path.
   *
   * @param progress - told how much has come
   */
  readonly download?: (
    target: IRowTarget,
    progress: (received: number, total: number | null) => void,
    signal: AbortSignal
  ) => Promise<string>;
}

/** A row of which nothing is on disk: its preview, and getting its file. Asks when told to. */
export class RemoteModel implements IDisposable {
  constructor(
    readonly target: IRowTarget,
    private readonly _means: IRemoteMeans
  ) {
    this.preview.changed.connect(() => this._changed.emit());
    this.file.changed.connect(() => this._changed.emit());
  }

  /** The picture of it. */
  readonly preview = new Latest<IPictureFile>();
  /** Path of the file on the Jupyter server, once it is there. */
  readonly file = new Latest<string>();

  /** Emitted when any of it changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** True where the file can be had. */
  get canDownload(): boolean {
    return this._means.download !== undefined && this.target.file !== null;
  }

  /** True where there is a picture to be had. */
  get hasPreview(): boolean {
    return this._means.preview !== undefined && this.target.preview !== null;
  }

  /** Part of the file that has come, 0 to 1; null while that is not known. */
  get share(): number | null {
    const { received, total } = this._progress;
    return total ? received / total : null;
  }

  /** Bytes of the file that have come. */
  get received(): number {
    return this._progress.received;
  }

  get isDisposed(): boolean {
    return this.file.isDisposed;
  }

  dispose(): void {
    this.preview.dispose();
    this.file.dispose();
    Signal.clearData(this);
  }

  /** Get the preview. */
  read(): void {
    const { preview } = this._means;
    const { archive, preview: url } = this.target;
    if (preview && url !== null) {
      void this.preview.ask(signal => preview(archive, url, signal));
    }
  }

  /** Get the file; resolves to its path, or null where it did not come. */
  async download(): Promise<string | null> {
    const { download } = this._means;
    const { target } = this;
    this._progress = { received: 0, total: null };
    const progress = (received: number, total: number | null): void => {
      this._progress = { received, total };
      this._changed.emit();
    };
    return download
      ? this.file.ask(signal => download(target, progress, signal))
      : null;
  }

  private _progress: { readonly received: number; readonly total: number | null } = {
    received: 0,
    total: null
  };
  private readonly _changed = new Signal<this, void>(this);
}
