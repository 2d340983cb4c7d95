import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { QueryModel } from '../../model/query.js';
import { ReactView } from '../shared/reactview.js';
import { ResultProgress } from './drawing.js';

/** How far the running query is; nothing while none runs. */
export class ProgressPane extends ReactView {
  /** @param cancel - ends the query */
  constructor(
    private readonly _model: QueryModel,
    trans: TranslationBundle,
    cancel: () => void
  ) {
    super('jp-Obsdeck-Results-running', () => (
      <ResultProgress
        model={_model}
        heardAt={this._heardAt}
        trans={trans}
        onCancel={cancel}
      />
    ));
  }

  /** Note when the service was heard last: a new question and each byte count. */
  listen(): void {
    const { bytes, asked } = this._model.result;
    if (bytes !== this._bytes || asked !== this._asked) {
      [this._bytes, this._asked] = [bytes, asked];
      this._heardAt = Date.now();
    }
  }

  private _heardAt = 0;
  private _bytes = -1;
  private _asked: unknown = null;
}
