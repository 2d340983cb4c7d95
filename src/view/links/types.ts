import type { TranslationBundle } from '@jupyterlab/translation';

import type { LinksModel } from '../../model/links/model.js';
import type { IPictureFile } from '../../model/previews.js';
import type { IRightsMeans } from '../results/runner.js';

/** What is done with links; what is missing is not offered. */
export interface ILinksDeeds {
  /** Open the link of a row of the tree. */
  open(id: string): void;
  /** Fetch the files of rows of the tree. */
  readonly download?: (ids: readonly string[]) => void;
  /** Write code for rows of the tree into a notebook. */
  readonly insert?: (ids: readonly string[]) => void;
  /** Get the picture of a row of the tree; its bytes are checked. */
  readonly picture?: (id: string, signal: AbortSignal) => Promise<IPictureFile>;
  /** Let the user save a text as a file. */
  readonly save?: (name: string, text: string) => void;
}

/** What the links of rows are shown with. */
export interface ILinksViewOptions {
  readonly model: LinksModel;
  readonly trans: TranslationBundle;
  readonly deeds: ILinksDeeds;
  /** The accounts, and what is done with them; missing where there are none. */
  readonly rights?: IRightsMeans;
}
