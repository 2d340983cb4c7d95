import type { DataGrid } from '@lumino/datagrid';
import { MessageLoop } from '@lumino/messaging';

/** What can happen to the part of a grid that is seen. */
export interface IViewportEvents {
  moved(): void;
  /** Something may have to be drawn anew. */
  touched(): void;
  resized(): void;
  focused(): void;
  copy(event: ClipboardEvent): void;
}

/** Listen to what happens to the part of a grid that is seen. */
export function listenToViewport({ viewport }: DataGrid, on: IViewportEvents): void {
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
}
