import { Panel } from '@lumino/widgets';

import type { ICutoutShape } from '../../model/cutout/types.js';
import type { QuickLookTarget } from '../../model/quicklook/types.js';
import type { ShapeEditor } from './shapeeditor.js';
import type { IToggle } from './toolbar.js';
import type { ICutoutFactory, ICutoutPart } from './types.js';

/** The form below the picture while “Cut out” is pressed. */
export class CutoutPane extends Panel {
  /**
   * @param _target - what is shown in the tab
   * @param _factory - makes the form; null where nothing can be cut out of anything
   * @param _editor - draws the shape on the picture
   * @param _turned - called when the form was folded in or out
   */
  constructor(
    private readonly _target: () => QuickLookTarget,
    private readonly _factory: () => ICutoutFactory | null,
    private readonly _editor: ShapeEditor,
    private readonly _turned: () => void
  ) {
    super();
    this.addClass('jp-Obsdeck-QuickLook-cutout');
    this.hide();
  }

  /** The button that folds it in and out; null where cutting out is not known at all. */
  get toggle(): IToggle | null {
    const factory = this._factory();
    if (!factory) {
      return null;
    }
    const off = factory.reason(this._target()) ?? undefined;
    return {
      pressed: this.isOpen,
      off: this.isOpen ? undefined : off,
      toggle: () => {
        this.isOpen = !this.isOpen;
        this._turned();
      }
    };
  }

  /** What is drawn on the picture; null before the form was opened. */
  get shape(): ICutoutShape | null {
    return this._part?.shape ?? null;
  }

  get isOpen(): boolean {
    return !this.isHidden;
  }

  set isOpen(open: boolean) {
    if (open) {
      this._fill();
    }
    this.setHidden(!open || !this._part);
    this._editor.target = this.isOpen ? this.shape : null;
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this._part?.dispose();
      super.dispose();
    }
  }

  /** Make the form for what is shown. A file that was got for a row is the same data. */
  private _fill(): void {
    const factory = this._factory();
    const target = this._target();
    if (this._part || !factory || factory.reason(target) !== null) {
      return;
    }
    this._part = factory.create(target);
    this._part.shape?.changed.connect(() => this._turned());
    this.addWidget(this._part.form);
  }

  private _part: ICutoutPart | null = null;
}
