import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import type { ProtocolError } from '../../protocol/errors.js';
import type { ICard, IFileInfo, IHdu, IQuickLookClient, ISpectrum } from './client.js';
import { Latest } from './latest.js';
import { type ImageHdu, type PictureDecoder, PictureModel } from './picture.js';
import { type TableHdu, TableRows } from './tablerows.js';

/** What a file is looked at with. */
export interface IQuickLookOptions {
  readonly client: IQuickLookClient;
  /** Below Jupyter's root folder, parted by slashes. */
  readonly path: string;
  readonly decode: PictureDecoder;
}

/** The part of a file that is shown. */
export type ShownPart =
  | { readonly kind: 'picture'; readonly picture: PictureModel }
  | {
      readonly kind: 'spectrum';
      readonly spectrum: Latest<ISpectrum>;
      /** Ask for it again. */
      again(): void;
    }
  | { readonly kind: 'table'; readonly rows: TableRows };

/** A FITS file of the Jupyter server that is looked at. Reads nothing before {@link read}. */
export class QuickLookModel implements IDisposable {
  constructor(private readonly _options: IQuickLookOptions) {
    this._info.changed.connect(() => this._changed.emit());
    this.cards.changed.connect(() => this._changed.emit());
  }

  /** Emitted when what follows changed, or something about the part that is shown. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get path(): string {
    return this._options.path;
  }

  /** Name of the file. */
  get name(): string {
    return this.path.slice(this.path.lastIndexOf('/') + 1);
  }

  /** Null before it was read. */
  get info(): IFileInfo | null {
    return this._info.value;
  }

  /** Why the file could not be read. */
  get error(): ProtocolError | null {
    return this._info.error;
  }

  /** Since when the file is being opened, ms since 1970; null while it is not. */
  get since(): number | null {
    return this._info.since;
  }

  /** The HDU in use; null where there is none. */
  get hdu(): IHdu | null {
    return this._hdu;
  }

  /** Null where nothing can be shown of the HDU. */
  get shown(): ShownPart | null {
    return this._shown;
  }

  /** The header of the HDU in use, once it was asked for. */
  readonly cards = new Latest<readonly ICard[]>();

  get isDisposed(): boolean {
    return this._info.isDisposed;
  }

  dispose(): void {
    this._info.dispose();
    this.cards.dispose();
    this._forget();
    Signal.clearData(this);
  }

  /** Read the file, or read it again. */
  async read(): Promise<void> {
    const { client, path } = this._options;
    const info = await this._info.ask(signal => client.info(path, signal));
    if (info) {
      const index = this._hdu?.index ?? info.best;
      const hdu = info.hdus.find(one => one.index === index) ?? null;
      // Who looks for a picture is told that there is none before they get a table.
      this.choose(this._hdu || hdu?.kind !== 'table' ? hdu : null);
    }
  }

  /** Wait no longer for the file. */
  cancel(): void {
    this._info.stop();
  }

  /** Show another HDU. A spectrum that is kept in a table can be shown as table, too. */
  choose(hdu: IHdu | null, as: IHdu['kind'] = hdu?.kind ?? 'none'): void {
    this._forget();
    this.cards.clear();
    this._hdu = hdu;
    this._shown = hdu && this._show(hdu, as);
    if (this._shown) {
      signalOf(this._shown).connect(() => this._changed.emit());
    }
    this._changed.emit();
  }

  /** Read the header of the HDU in use, once. */
  readHeader(): void {
    const { client, path } = this._options;
    const hdu = this._hdu;
    if (hdu && !this.cards.value && !this.cards.isAsking) {
      void this.cards.ask(signal => client.header(path, hdu.index, signal));
    }
  }

  private _show(hdu: IHdu, as: IHdu['kind']): ShownPart | null {
    const { client, path, decode } = this._options;
    if (as === 'image' && hasImage(hdu)) {
      const picture = new PictureModel({ client, path, hdu, decode });
      picture.read();
      return { kind: 'picture', picture };
    }
    if (as === 'spectrum') {
      const spectrum = new Latest<ISpectrum>();
      const again = (): void =>
        void spectrum.ask(signal => client.spectrum(path, hdu.index, signal));
      again();
      return { kind: 'spectrum', spectrum, again };
    }
    return as === 'table' && hasTable(hdu)
      ? { kind: 'table', rows: new TableRows(client, path, hdu) }
      : null;
  }

  private _forget(): void {
    switch (this._shown?.kind) {
      case 'picture':
        return this._shown.picture.dispose();
      case 'spectrum':
        return this._shown.spectrum.dispose();
      case 'table':
        return this._shown.rows.dispose();
    }
  }

  private _hdu: IHdu | null = null;
  private _shown: ShownPart | null = null;
  private readonly _info = new Latest<IFileInfo>();
  private readonly _changed = new Signal<this, void>(this);
}

function hasImage(hdu: IHdu): hdu is ImageHdu {
  return hdu.image !== null;
}

function hasTable(hdu: IHdu): hdu is TableHdu {
  return hdu.table !== null;
}

function signalOf(part: ShownPart): ISignal<unknown, void> {
  switch (part.kind) {
    case 'picture':
      return part.picture.changed;
    case 'spectrum':
      return part.spectrum.changed;
    case 'table':
      return part.rows.changed;
  }
}
