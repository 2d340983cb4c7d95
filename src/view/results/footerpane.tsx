import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { ResultModel } from '../../model/result.js';
import { ReactView } from '../shared/reactview.js';
import { ResultFooter } from './drawing.js';
import type { ResultGrid } from './grid.js';
import type { RowsController } from './rowscontroller.js';

/** What a {@link FooterPane} tells about. */
export interface IFooterPaneOptions {
  readonly result: ResultModel;
  readonly rows: RowsController;
  readonly grid: ResultGrid;
  readonly trans: TranslationBundle;
  /** Selected rows that are shown. */
  selected(): number;
  /** What was done last, such as copying. */
  note(): string;
  /** As whom the rows were fetched; null for anyone. */
  who(): string | null;
  /** Rows whose file is on disk. */
  here(): number;
}

/** How many rows there are, how many are chosen, and whose they are. */
export class FooterPane extends ReactView {
  constructor(options: IFooterPaneOptions) {
    const { result, rows, grid, trans, selected, note, who, here } = options;
    super('jp-Obsdeck-Results-footer', () => (
      <ResultFooter
        result={result}
        view={rows.view}
        selected={selected()}
        hidden={grid.selection?.hiddenCount ?? 0}
        note={note()}
        who={who()}
        here={here()}
        trans={trans}
      />
    ));
    this.node.setAttribute('role', 'status');
    this.node.setAttribute('aria-label', trans.__('Result status'));
  }
}
