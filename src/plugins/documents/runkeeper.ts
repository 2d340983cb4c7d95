import type { Contents } from '@jupyterlab/services';

import { ROWS_EXTENSION } from '../../model/changes/file.js';
import type { IRunKeeper } from '../../model/changes/changes.js';
import { isMissing } from '../missing.js';

/** Keeps the rows of the last run of a saved search in a file beside it. */
export class FileKeeper implements IRunKeeper {
  /** @param _path - tells where the saved search is; it may be renamed */
  constructor(
    private readonly _contents: Contents.IManager,
    private readonly _path: () => string
  ) {}

  async read(): Promise<string | null> {
    try {
      const options = { type: 'file', format: 'text', content: true } as const;
      const file = await this._contents.get(this._file, options);
      return typeof file.content === 'string' ? file.content : null;
    } catch (reason) {
      if (isMissing(reason)) {
        return null;
      }
      throw reason;
    }
  }

  async write(text: string): Promise<void> {
    await this._contents.save(this._file, {
      type: 'file',
      format: 'text',
      content: text
    });
  }

  private get _file(): string {
    return this._path() + ROWS_EXTENSION;
  }
}
