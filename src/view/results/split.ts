import { MessageLoop } from '@lumino/messaging';
import { SplitPanel, Widget } from '@lumino/widgets';

import { HEADER_HEIGHT, ROW_HEIGHT } from './renderers.js';

/** Below this width of the panel the record lies under the grid, px. */
export const NARROW = 700;

/** Size of the record at first: width beside, share of the height below the grid. */
const RECORD = { width: 320, minimum: 0.22, share: 0.45 };

/** Height that a horizontal scroll bar may take, px. */
const SCROLL_BAR = 16;

/**
 * Sizes below which neither part is of use, px: header and three rows of the grid, and as
 * much of the record. Where both do not fit, the panel around them scrolls.
 */
export const MINIMUM = {
  grid: { width: 200, height: HEADER_HEIGHT + 3 * ROW_HEIGHT + SCROLL_BAR },
  record: { width: 200, height: 120 }
};

/** Where the record lies for a panel of a given size, and which shares the two have. */
export function splitLayout(width: number): {
  orientation: 'horizontal' | 'vertical';
  sizes: [number, number];
} {
  if (width < NARROW) {
    return { orientation: 'vertical', sizes: [1 - RECORD.share, RECORD.share] };
  }
  const share = Math.max(RECORD.minimum, Math.min(RECORD.share, RECORD.width / width));
  return { orientation: 'horizontal', sizes: [1 - share, share] };
}

/** Grid and record with a handle between them; the record moves below when it is narrow. */
export class ResultsSplit extends SplitPanel {
  constructor(grid: Widget, record: Widget) {
    super({ orientation: 'horizontal', spacing: 4 });
    this.addClass('jp-Obsdeck-Results-split');
    this._record = record;
    keepUsable(grid, MINIMUM.grid);
    keepUsable(record, MINIMUM.record);
    this.addWidget(grid);
    this.addWidget(record);
    record.hide();
    SplitPanel.setStretch(grid, 1);
    SplitPanel.setStretch(record, 0);
    // The panel's other parts have no fixed height, so no message tells of a new size.
    this._observer = new ResizeObserver(() => this._onSize());
  }

  /** True while the record is visible. */
  get recordShown(): boolean {
    return !this._record.isHidden;
  }

  set recordShown(shown: boolean) {
    this._record.setHidden(!shown);
    if (shown) {
      this._arrange(true);
    }
  }

  override dispose(): void {
    this._observer.disconnect();
    super.dispose();
  }

  protected override onAfterAttach(): void {
    this._observer.observe(this.node);
  }

  protected override onBeforeDetach(): void {
    this._observer.disconnect();
  }

  private _onSize(): void {
    this._arrange(false);
    MessageLoop.sendMessage(this, Widget.ResizeMessage.UnknownSize);
  }

  /** @param always - give both parts their first sizes even where nothing turned */
  private _arrange(always: boolean): void {
    const { orientation, sizes } = splitLayout(this.node.offsetWidth);
    const turned = orientation !== this.orientation;
    if (turned) {
      this.orientation = orientation;
    }
    if (this.recordShown && (turned || (always && !this._arranged))) {
      this.setRelativeSizes(sizes);
      this._arranged = true;
    }
  }

  private _arranged = false;
  private readonly _record: Widget;
  private readonly _observer: ResizeObserver;
}

/** Lumino's layouts read the limits of a widget from its style. */
function keepUsable({ node }: Widget, size: { width: number; height: number }): void {
  node.style.minWidth = `${size.width}px`;
  node.style.minHeight = `${size.height}px`;
}
