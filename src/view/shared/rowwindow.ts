import * as React from 'react';

/** Height of a row, px, as in the style sheets. */
export const ROW_HEIGHT = 24;

/** Rows drawn beyond the edges, so that scrolling shows no gaps. */
const MARGIN = 8;

/**
 * Places of the rows that are drawn, of very many.
 *
 * @param focused - the row with the focus, which must be there for a screen reader wherever
 * one scrolls
 * @param top - px scrolled
 * @param height - of the pane, px
 */
export function shownRows(
  count: number,
  focused: number,
  top: number,
  height: number
): number[] {
  const first = Math.max(0, Math.floor(top / ROW_HEIGHT) - MARGIN);
  const last = Math.min(count, Math.ceil((top + height) / ROW_HEIGHT) + MARGIN);
  const shown = Array.from({ length: Math.max(0, last - first) }, (_, n) => first + n);
  const isMissing = focused >= 0 && focused < count;
  return isMissing && (focused < first || focused >= last)
    ? [...shown, focused]
    : shown;
}

/** Height of a pane, px; a usual one until it is known. */
export function useHeight(pane: React.RefObject<HTMLElement>): number {
  const [height, setHeight] = React.useState(600);
  React.useEffect(() => {
    const { current } = pane;
    const observer = new ResizeObserver(() =>
      setHeight(before => current?.clientHeight || before)
    );
    if (current) {
      observer.observe(current);
    }
    return () => observer.disconnect();
  }, [pane]);
  return height;
}

/** Scroll a pane so that a row is in sight. @param at - place of the row */
export function bringInSight(pane: HTMLElement, at: number): void {
  const { scrollTop, clientHeight } = pane;
  const top = at * ROW_HEIGHT;
  if (top < scrollTop) {
    pane.scrollTop = top;
  } else if (top + ROW_HEIGHT > scrollTop + clientHeight) {
    pane.scrollTop = top + ROW_HEIGHT - clientHeight;
  }
}
