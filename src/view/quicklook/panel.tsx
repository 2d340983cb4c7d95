import type { TranslationBundle } from '@jupyterlab/translation';
import { type ISignal, Signal } from '@lumino/signaling';
import { Panel, type Widget } from '@lumino/widgets';
import * as React from 'react';

import type { QuickLookModel } from '../../model/quicklook/model.js';
import type { PictureModel } from '../../model/quicklook/picture.js';
import { RemoteModel } from '../../model/quicklook/remote.js';
import type { IFileTarget, QuickLookTarget } from '../../model/quicklook/types.js';
import { describeError } from '../../protocol/errors.js';
import { ReactView } from '../shared/reactview.js';
import { CutoutPane } from './cutoutpane.js';
import { HeadersView } from './headers.js';
import { colourEntries, hduEntries, stretchEntries } from './menus.js';
import { FileNotices, PartWaiting } from './notices.js';
import { shownWidget } from './shownwidget.js';
import { PictureView } from './pictureview.js';
import { PositionView } from './position.js';
import { RemoteView } from './remote.js';
import { ShapeEditor } from './shapeeditor.js';
import { SpectrumView } from './spectrumview.js';
import { PictureStrip } from './strip.js';
import { QuickLookToolbar } from './toolbar.js';
import type { IQuickLookMeans } from './types.js';

/** A picture, spectrum or table of a file, or what there is of one that is not on disk. */
export class QuickLookPanel extends Panel {
  constructor(
    target: QuickLookTarget,
    private readonly _means: IQuickLookMeans,
    private readonly _trans: TranslationBundle
  ) {
    super();
    this._target = target;
    this.addClass('jp-Obsdeck-QuickLook');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', _trans.__('Quick look'));
    this._makeParts();
    this.look(target);
  }

  /** Emitted when another thing is shown. */
  get targetChanged(): ISignal<this, void> {
    return this._targetChanged;
  }

  get target(): QuickLookTarget {
    return this._target;
  }

  /** The file that is looked at; null for what is not on disk. */
  get model(): QuickLookModel | null {
    return this._model;
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this._cutout.dispose();
      this._editor.dispose();
      this._model?.dispose();
      this._remote?.dispose();
      this._link?.dispose();
      Signal.clearData(this);
      super.dispose();
    }
  }

  /** Show another file or row. Reads nothing. */
  look(target: QuickLookTarget): void {
    this._target = target;
    this._model?.dispose();
    this._remote?.dispose();
    this._model = this._remote = null;
    this.toggleClass('jp-mod-remote', target.kind === 'row');
    if (target.kind === 'file') {
      this._model = this._means.createModel(target.path);
      this._model.changed.connect(this._onModel, this);
    } else {
      this._remote = new RemoteModel(target, this._means);
      this._remote.changed.connect(this._redraw, this);
    }
    this._onModel();
    this._targetChanged.emit();
  }

  /** True once it was read, or is being read. */
  get isRead(): boolean {
    const model = this._model;
    return !model || model.info !== null || model.since !== null;
  }

  /** Read what is shown. */
  read(): void {
    void this._model?.read();
    if (this._remote?.hasPreview) {
      this._remote.read();
    }
  }

  /** Fold the form of “Cut out” out, or in. */
  cutOut(open: boolean): void {
    this._cutout.isOpen = open;
    this._redraw();
  }

  /** What can be done with the file may have changed. */
  refresh(): void {
    this._redraw();
  }

  protected override onActivateRequest(): void {
    if (this._shown instanceof PictureView) {
      this._shown.focus();
    } else {
      this._toolbar.node.querySelector<HTMLElement>('button:not(:disabled)')?.focus();
    }
  }

  private _makeParts(): void {
    const body = new Panel();
    body.addClass('jp-Obsdeck-QuickLook-body');
    this._main.addClass('jp-Obsdeck-QuickLook-main');
    this._main.addWidget(this._working);
    body.addWidget(this._main);
    body.addWidget(this._headers);
    this._headers.hide();
    const parts = [this._toolbar, this._position, this._notices, body, this._strip];
    parts.forEach(part => this.addWidget(part));
    this.addWidget(this._cutout);
  }

  /** Put the picture, curve or table in place that the model shows now. */
  private _onModel(): void {
    const shown = this._model?.shown ?? null;
    const value = shown?.kind === 'spectrum' ? shown.spectrum.value : shown;
    if (value !== this._drawn) {
      this._drawn = value;
      this._shown?.dispose();
      this._shown = this._model && shownWidget(this._model, this._editor, this._trans);
      if (this._shown) {
        this._main.addWidget(this._shown);
      }
      this._onPicture();
    }
    if (this._headersShown) {
      this._model?.readHeader();
    }
    this._redraw();
  }

  /** Another picture is there, or none. */
  private _onPicture(): void {
    const { picture } = this;
    this._link?.dispose();
    this._link = this._isLinked && picture ? this._means.links.add(picture) : null;
    picture?.pointer.changed.connect(this._onPointer, this);
  }

  private _onPointer(): void {
    this._position.update();
  }

  private get picture(): PictureModel | null {
    const shown = this._model?.shown;
    return shown?.kind === 'picture' ? shown.picture : null;
  }

  private _redraw(): void {
    this._views.forEach(view => view.update());
    this._headers.setHidden(!this._headersShown || !this._model?.hdu);
    this._headers.update();
  }

  private _drawToolbar(): JSX.Element {
    const { picture, _model: model, _shown: shown, _trans: trans } = this;
    const stretch = picture && {
      entries: (button: HTMLElement) => stretchEntries(picture, button, trans)
    };
    return (
      <QuickLookToolbar
        cutOut={this._cutout.toggle}
        shape={this._cutout.isOpen ? this._cutout.shape : null}
        stretch={stretch}
        colourMap={picture && { entries: () => colourEntries(picture, trans) }}
        hdu={model?.info ? { entries: () => hduEntries(model, trans) } : null}
        headers={model?.hdu ? this._headersToggle : null}
        links={picture ? this._linksToggle : null}
        fit={fitOf(picture, shown)}
        trans={trans}
      />
    );
  }

  private _drawNotices(): JSX.Element | null {
    const { _model: model, _remote: remote, _trans: trans } = this;
    if (model) {
      return <FileNotices model={model} trans={trans} />;
    }
    return remote && <RemoteView remote={remote} trans={trans} onFile={this._onFile} />;
  }

  private _drawHeaders(): JSX.Element | null {
    const { hdu, cards } = this._model ?? {};
    return this._headersShown && hdu && cards ? (
      <HeadersView
        key={hdu.index}
        cards={cards.value}
        error={cards.error ? describeError(cards.error) : ''}
        trans={this._trans}
        onRetry={() => this._model?.readHeader()}
      />
    ) : null;
  }

  private get _headersToggle() {
    return {
      pressed: this._headersShown,
      toggle: () => {
        this._headersShown = !this._headersShown;
        this._onModel();
      }
    };
  }

  private get _linksToggle() {
    return {
      pressed: this._isLinked,
      toggle: () => {
        this._isLinked = !this._isLinked;
        this._onPicture();
        this._redraw();
      }
    };
  }

  private readonly _onFile = (path: string): void => {
    const { _target: origin } = this;
    const target: IFileTarget = {
      kind: 'file',
      path,
      ...(origin.kind === 'row' && { origin })
    };
    this.look(target);
    this.read();
  };

  private _target: QuickLookTarget;
  private _model: QuickLookModel | null = null;
  private _remote: RemoteModel | null = null;
  /** What the widget in place was made for. */
  private _drawn: unknown = null;
  private _shown: Widget | null = null;
  private _headersShown = false;
  private _isLinked = false;
  private _link: { dispose(): void } | null = null;
  private readonly _editor = new ShapeEditor(() => this.picture?.sky ?? null);
  private readonly _cutout = new CutoutPane(
    () => this._target,
    () => this._means.cutouts(),
    this._editor,
    () => this._redraw()
  );
  private readonly _main = new Panel();
  private readonly _toolbar = new ReactView('jp-Obsdeck-QuickLook-toolbar', () =>
    this._drawToolbar()
  );
  private readonly _position = new ReactView(
    'jp-Obsdeck-QuickLook-where',
    () => this.picture && <PositionView picture={this.picture} trans={this._trans} />
  );
  private readonly _notices = new ReactView('jp-Obsdeck-QuickLook-notices', () =>
    this._drawNotices()
  );
  private readonly _working = new ReactView(
    'jp-Obsdeck-QuickLook-working',
    () => this._model && <PartWaiting model={this._model} trans={this._trans} />
  );
  private readonly _headers = new ReactView('jp-Obsdeck-QuickLook-headers', () =>
    this._drawHeaders()
  );
  private readonly _strip = new ReactView(
    'jp-Obsdeck-QuickLook-below',
    () => this.picture && <PictureStrip picture={this.picture} trans={this._trans} />
  );
  /** What is drawn again with every change. */
  private readonly _views = [
    this._toolbar,
    this._position,
    this._notices,
    this._working,
    this._strip
  ];
  private readonly _targetChanged = new Signal<this, void>(this);
}

function fitOf(
  picture: PictureModel | null,
  shown: Widget | null
): (() => void) | null {
  if (picture) {
    return () => picture.fit();
  }
  return shown instanceof SpectrumView ? () => shown.showAll() : null;
}
