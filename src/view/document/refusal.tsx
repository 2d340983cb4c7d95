import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { OpenDocument } from '../../model/document/open.js';
import { ReactView } from '../shared/reactview.js';

/** Says why a file cannot be shown as a search, and the way to mend it; else nothing. */
export class RefusalView extends ReactView {
  /** @param openText - opens the file in the text editor */
  constructor(document: OpenDocument, trans: TranslationBundle, openText: () => void) {
    super('jp-Obsdeck-Document-problem', () =>
      document.problem === null ? null : (
        <Refusal problem={document.problem} trans={trans} onText={openText} />
      )
    );
    document.problemChanged.connect(() => this.update());
  }
}

interface IRefusalProps {
  readonly problem: string;
  readonly trans: TranslationBundle;
  onText(): void;
}

function Refusal({ problem, trans, onText }: IRefusalProps): JSX.Element {
  return (
    <div className="jp-Obsdeck-Document-refusal" role="alert">
      <p>
        <b>{trans.__('This file cannot be shown as a search.')}</b>
      </p>
      <p>{problem}</p>
      <button type="button" className="jp-Obsdeck-Search-secondary" onClick={onText}>
        {trans.__('Open as text')}
      </button>
    </div>
  );
}
