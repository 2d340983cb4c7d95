import type { IStateDB } from '@jupyterlab/statedb';
import type { ReadonlyPartialJSONValue } from '@lumino/coreutils';

import {
  type IColumnLayout,
  type ILayoutKeeper,
  readLayout
} from '../../model/columnlayout.js';

/** What the keys of layouts begin with. */
const NAMESPACE = 'obsdeck-columns';

/**
 * Remembers in the browser which columns of which table are shown. All of it is read at the
 * beginning, so that a table never is drawn twice.
 */
export class ColumnKeeper implements ILayoutKeeper {
  constructor(private readonly _state: IStateDB) {
    this.ready = this._read();
  }

  /** Resolves once what was kept is there; never fails. */
  readonly ready: Promise<void>;

  get(place: string): IColumnLayout | undefined {
    return this._layouts.get(place);
  }

  set(place: string, layout: IColumnLayout): void {
    this._layouts.set(place, layout);
    // What cannot be kept holds as long as the page is there.
    this._state
      .save(`${NAMESPACE}:${place}`, layout as unknown as ReadonlyPartialJSONValue)
      .catch(() => undefined);
  }

  private async _read(): Promise<void> {
    const { ids, values } = await this._state
      .list(NAMESPACE)
      .catch(() => ({ ids: [], values: [] }));
    ids.forEach((id, index) => {
      const place = id.slice(NAMESPACE.length + 1);
      if (!this._layouts.has(place)) {
        this._layouts.set(place, readLayout(values[index]));
      }
    });
  }

  private readonly _layouts = new Map<string, IColumnLayout>();
}
