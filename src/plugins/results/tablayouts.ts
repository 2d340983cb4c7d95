import type { IColumnLayout, ILayoutKeeper } from '../../model/columnlayout.js';
import type { OpenDocument } from '../../model/document/open.js';

/**
 * Remembers how a tab's columns are shown: as all tabs with the same columns, or, once the
 * tab is a saved search that says something else, in its file.
 */
export class TabLayouts implements ILayoutKeeper {
  /** @param _usual - remembers for all tabs; nobody does where it is missing */
  constructor(
    private readonly _usual: ILayoutKeeper = new Map<string, IColumnLayout>()
  ) {}

  /** The saved search that the tab shows. */
  document: OpenDocument | null = null;

  get(place: string): IColumnLayout | undefined {
    const layout = this.document?.search?.layout;
    const isUsual = !layout || Object.values(layout).every(isEmpty);
    return isUsual ? this._usual.get(place) : layout;
  }

  set(place: string, layout: IColumnLayout): void {
    if (this.document) {
      this.document.arrange(layout);
    } else {
      this._usual.set(place, layout);
    }
  }
}

function isEmpty(part: object): boolean {
  return Object.keys(part).length === 0;
}
