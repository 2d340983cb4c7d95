import { MessageLoop } from '@lumino/messaging';
import { type AccordionPanel, Widget } from '@lumino/widgets';

/** Pixels that the other sections keep, and the part of a low accordion instead. */
const LEAST = 400;
const LEAST_SHARE = 0.6;

/** Pixels of a sentence of some lines, which is never cut: nothing in it could be reached by keyboard. */
const SENTENCE = 72;

/**
 * Gives some sections of an accordion the height of their content, at most a share of the
 * accordion; the other sections take the rest, which is never less than they need to be of
 * use. While those are folded, nothing is kept
 * low. Once a handle was moved, hands decide.
 */
export class SectionHeights {
  /**
   * @param _panel - the accordion
   * @param _share - of its height, 0 to 1
   */
  constructor(
    private readonly _panel: AccordionPanel,
    private readonly _share: number
  ) {
    this._observer.observe(_panel.node);
    _panel.expansionToggled.connect(() => this._fit());
    _panel.handleMoved.connect(() => {
      this._isByHand = true;
    });
    _panel.disposed.connect(() => this._observer.disconnect());
  }

  /** Keep a section low; it scrolls, and its one child is as high as the content. */
  limit(section: Widget): void {
    this._limited.add(section);
    if (section.node.firstElementChild) {
      this._observer.observe(section.node.firstElementChild);
    }
    section.disposed.connect(() => this._limited.delete(section));
  }

  private _fit(): void {
    const titles = this._panel.titles.reduce((sum, one) => sum + one.offsetHeight, 0);
    const space = this._panel.node.clientHeight - titles;
    if (space <= 0) {
      return;
    }
    const most = (this._hasOther ? this._share : 1) * space;
    const wants = this._squeezed(
      this._panel.widgets.map(section => this._wants(section, most)),
      space
    );
    this._panel.widgets.forEach((section, index) => bound(section, wants[index]));
    // The layout reads the bounds while it fits, and then keeps the sizes it had.
    MessageLoop.sendMessage(this._panel, Widget.Msg.FitRequest);
    if (!this._isByHand) {
      const taken = wants.reduce<number>((sum, want) => sum + (want ?? 0), 0);
      const free = Math.max(space - taken, 1);
      this._panel.setRelativeSizes(wants.map(want => want ?? free));
    }
  }

  /** Pixels for a section that is kept low; null for one that takes what is left. */
  private _wants(section: Widget, most: number): number | null {
    const content = section.node.firstElementChild;
    if (!content || !this._limited.has(section)) {
      return null;
    }
    return section.isHidden ? 0 : Math.ceil(Math.min(content.scrollHeight, most));
  }

  /**
   * The same heights, all lower by one factor where they would leave the others too little, but
   * none below a sentence.
   */
  private _squeezed(
    wants: readonly (number | null)[],
    space: number
  ): readonly (number | null)[] {
    const taken = wants.reduce<number>((sum, want) => sum + (want ?? 0), 0);
    const kept = this._hasOther ? Math.min(LEAST, LEAST_SHARE * space) : 0;
    const factor = Math.min(1, (space - kept) / Math.max(taken, 1));
    return wants.map(
      want => want && Math.max(Math.min(want, SENTENCE), Math.floor(want * factor))
    );
  }

  /** There is an unfolded section that takes what is left. */
  private get _hasOther(): boolean {
    return this._panel.widgets.some(
      section => !section.isHidden && !this._limited.has(section)
    );
  }

  private readonly _limited = new Set<Widget>();
  private readonly _observer = new ResizeObserver(() => this._fit());
  private _isByHand = false;
}

/** Lumino reads the bounds of a section off its style, in pixels. */
function bound(section: Widget, most: number | null): void {
  if (!section.isHidden) {
    section.node.style.maxHeight = most === null ? '' : `${most}px`;
  }
}
