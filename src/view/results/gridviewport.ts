import type { DataGrid } from '@lumino/datagrid';
import { MessageLoop } from '@lumino/messaging';

/** What can happen to the part of a grid that is seen. */
export interface IViewportEvents {
  moved(): void;
  /** Something may have to be drawn anew. */
  touched(): void;
  resized(): void;
  focused(): void;
  /** The user did something there: nothing may jump under their hands any more. */
  used(): void;
  copy(event: ClipboardEvent): void;
}

/** Listen to what happens to the part of a grid that is seen. */
export function listenToViewport(grid: DataGrid, on: IViewportEvents): void {
  const { node, viewport } = grid;
  // Every scroll and resize goes through a message to the viewport.
  MessageLoop.installMessageHook(viewport, (_, { type }) => {
    if (type === 'scroll-request') {
      on.moved();
    } else {
      on.touched();
    }
    if (type === 'resize') {
      on.resized();
    }
    return true;
  });
  viewport.node.addEventListener('copy', event => {
    on.copy(event);
    event.preventDefault();
  });
  viewport.node.addEventListener('focus', () => on.focused());
  for (const type of ['pointerdown', 'wheel', 'keydown']) {
    node.addEventListener(type, () => on.used(), { capture: true, passive: true });
  }
}
