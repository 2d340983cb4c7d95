import type { TranslationBundle } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';
import { Panel, Widget } from '@lumino/widgets';

import type { PictureModel } from '../../model/quicklook/picture.js';
import { contains, type IPoint, toImage } from '../../model/quicklook/viewport.js';
import { PictureOverlay } from './overlay.js';
import { PicturePainter } from './painter.js';
import type { ShapeEditor } from './shapeeditor.js';

/** Px that an arrow key moves the picture by. */
const STEP = 40;
/** Factor of a key press or of a turn of the wheel by 100 px. */
const ZOOM = 1.25;

/** What a {@link PictureView} is made of. */
export interface IPictureViewOptions {
  readonly picture: PictureModel;
  /** Accessible name: ⟨name⟩, ⟨HDU⟩. */
  readonly label: string;
  readonly trans: TranslationBundle;
  /** Edits what is to be cut out. */
  readonly editor: ShapeEditor;
}

/** A picture that is moved and magnified by keys, wheel and dragging. */
export class PictureView extends Panel {
  constructor(private readonly _options: IPictureViewOptions) {
    super();
    this.addClass('jp-Obsdeck-QuickLook-picture');
    this._canvas = document.createElement('canvas');
    this._canvas.tabIndex = 0;
    this._canvas.setAttribute('role', 'img');
    this._canvas.setAttribute('aria-label', _options.label);
    this.addWidget(new Widget({ node: wrapped(this._canvas) }));
    this._overlay = new PictureOverlay(_options);
    this.addWidget(this._overlay);
    _options.picture.changed.connect(this._repaint, this);
    _options.editor.changed.connect(this._repaint, this);
  }

  override dispose(): void {
    if (!this.isDisposed) {
      Signal.disconnectReceiver(this);
      this._observer.disconnect();
      cancelAnimationFrame(this._frame);
      super.dispose();
    }
  }

  /** Put the focus on the picture. */
  focus(): void {
    this._canvas.focus();
  }

  /** Handle an event of the page. */
  handleEvent(event: Event): void {
    switch (event.type) {
      case 'keydown':
        return this._onKey(event as KeyboardEvent);
      case 'wheel':
        return this._onWheel(event as WheelEvent);
      case 'pointerdown':
        return this._onPress(event as PointerEvent);
      case 'pointermove':
        return this._onMove(event as PointerEvent);
      case 'pointerleave':
        return this._options.picture.pointer.move(null);
      default:
        this._onRelease(event as PointerEvent);
    }
  }

  protected override onAfterAttach(): void {
    this._observer.observe(this.node);
    this._measure();
    for (const type of EVENTS) {
      this._canvas.addEventListener(type, this, { passive: false });
    }
    this._repaint();
  }

  protected override onBeforeDetach(): void {
    this._observer.disconnect();
    for (const type of EVENTS) {
      this._canvas.removeEventListener(type, this);
    }
  }

  private _onKey(event: KeyboardEvent): void {
    const { picture, editor } = this._options;
    const deed = this._deeds[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key === 'Escape' && editor.stop()) {
      event.preventDefault();
    } else if (deed) {
      event.preventDefault();
      event.stopPropagation();
      deed();
      picture.pointer.move(picture.viewport.centre);
    }
  }

  private _onWheel(event: WheelEvent): void {
    event.preventDefault();
    // Lines and pages of a wheel become px.
    const unit = event.deltaMode === 0 ? 1 : event.deltaMode === 1 ? 16 : 400;
    const factor = ZOOM ** (-(event.deltaY * unit) / 100);
    this._options.picture.zoom(factor, this._placeOf(event));
  }

  private _onPress(event: PointerEvent): void {
    const { picture, editor } = this._options;
    const at = this._placeOf(event);
    const isMain = event.button === 0 && !event.shiftKey;
    this._canvas.setPointerCapture?.(event.pointerId);
    this._dragged = at;
    this._isDrawing = isMain && editor.press(this._pixel(at), picture.viewport.scale);
  }

  private _onMove(event: PointerEvent): void {
    const { picture, editor } = this._options;
    const at = this._placeOf(event);
    const pixel = this._pixel(at);
    if (this._dragged && this._isDrawing) {
      editor.drag(pixel);
    } else if (this._dragged) {
      const { left, top } = this._dragged;
      this._dragged = at;
      picture.pan({ left: at.left - left, top: at.top - top });
    }
    picture.pointer.move(contains(picture.image, pixel) ? pixel : null);
  }

  private _onRelease(event: PointerEvent): void {
    this._canvas.releasePointerCapture?.(event.pointerId);
    this._dragged = null;
    if (this._isDrawing) {
      this._isDrawing = false;
      this._options.editor.release();
    }
  }

  private _pixel(at: IPoint) {
    const { viewport, screen } = this._options.picture;
    return toImage(viewport, screen, at);
  }

  private _placeOf({ clientX, clientY }: MouseEvent): IPoint {
    const { left, top } = this._canvas.getBoundingClientRect();
    return { left: clientX - left, top: clientY - top };
  }

  private _measure(): void {
    const { clientWidth: width, clientHeight: height } = this.node;
    this._options.picture.resize({ width, height }, window.devicePixelRatio || 1);
  }

  private _repaint(): void {
    cancelAnimationFrame(this._frame);
    this._frame = requestAnimationFrame(() => this._paint());
  }

  private _paint(): void {
    const { picture } = this._options;
    if (this.isAttached && !picture.isDisposed) {
      const { map, inverted } = picture.look;
      const { viewport: view, screen } = picture;
      const painted = { parts: picture.parts.held, view, screen, map, inverted };
      this._painter.paint(this._canvas, painted, window.devicePixelRatio || 1);
      this._overlay.update();
    }
  }

  private readonly _deeds: Readonly<Record<string, (() => void) | undefined>> = {
    ArrowLeft: () => this._options.picture.pan({ left: STEP, top: 0 }),
    ArrowRight: () => this._options.picture.pan({ left: -STEP, top: 0 }),
    ArrowUp: () => this._options.picture.pan({ left: 0, top: STEP }),
    ArrowDown: () => this._options.picture.pan({ left: 0, top: -STEP }),
    '+': () => this._options.picture.zoom(ZOOM),
    '=': () => this._options.picture.zoom(ZOOM),
    '-': () => this._options.picture.zoom(1 / ZOOM),
    '0': () => this._options.picture.fit()
  };
  private readonly _canvas: HTMLCanvasElement;
  private readonly _overlay: PictureOverlay;
  private readonly _painter = new PicturePainter();
  private readonly _observer = new ResizeObserver(() => this._measure());
  private _frame = 0;
  /** Where the pointer was last while a button is down. */
  private _dragged: IPoint | null = null;
  private _isDrawing = false;
}

const EVENTS = [
  'keydown',
  'wheel',
  'pointerdown',
  'pointermove',
  'pointerup',
  'pointercancel',
  'pointerleave'
] as const;

/** Lumino gives the node of a widget a place of its own. */
function wrapped(canvas: HTMLCanvasElement): HTMLElement {
  const node = document.createElement('div');
  node.className = 'jp-Obsdeck-QuickLook-canvas';
  node.append(canvas);
  return node;
}
