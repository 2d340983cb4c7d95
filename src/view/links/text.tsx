import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import * as React from 'react';

import { type ITextFile, MOST_TEXT } from '../../model/links/textfile.js';
import { asProtocolError, type ProtocolError } from '../../protocol/errors.js';
import { errorSentence } from '../results/errorwords.js';
import { StateIcon } from '../results/icons.js';
import { Running } from '../results/progress.js';
import { formatCount, formatSize } from '../shared/format.js';

/** What a text is shown with. */
export interface ITextPanelOptions {
  /** Name of the file. */
  readonly name: string;
  readonly trans: TranslationBundle;
  /** Get the text. @throws ProtocolError where none came */
  fetch(signal: AbortSignal): Promise<ITextFile>;
  /** Let the user save it as a file. */
  save(name: string, text: string): void;
}

/** A text of an archive: a night log, a README. Nothing in it is taken for anything else. */
export class TextPanel extends ReactWidget {
  constructor(private readonly _options: ITextPanelOptions) {
    super();
    this.addClass('jp-Obsdeck-Text');
    void this._fetch();
  }

  override dispose(): void {
    this._abort.abort();
    super.dispose();
  }

  protected override onActivateRequest(msg: Message): void {
    super.onActivateRequest(msg);
    void this.renderPromise?.then(() =>
      this.node.querySelector<HTMLElement>('pre, button')?.focus()
    );
  }

  protected override render(): JSX.Element {
    const { name, trans } = this._options;
    const { _state: state } = this;
    if (state === 'reading') {
      return (
        <Running
          label={name}
          share={null}
          startedAt={this._startedAt}
          words={() => trans.__('Reading %1 …', name)}
          slow={() => null}
          trans={trans}
          onCancel={() => this._abort.abort()}
        />
      );
    }
    return 'text' in state ? this._shown(state) : this._failed(state);
  }

  private _shown({ text, isCut }: ITextFile): JSX.Element {
    const { name, trans, save } = this._options;
    const lines = text === '' ? 0 : text.split('\n').length;
    return (
      <>
        <div className="jp-Obsdeck-Text-head">
          <b>{name}</b>
          <span role="status">
            {isCut
              ? trans.__('The first %1 are shown.', formatSize(MOST_TEXT))
              : trans._n('%2 line', '%2 lines', lines, formatCount(lines))}
          </span>
          <button
            type="button"
            className="jp-Obsdeck-Results-button"
            onClick={() => save(name, text)}
          >
            {trans.__('Save')}
          </button>
        </div>
        <pre tabIndex={0} role="region" aria-label={name}>
          {text}
        </pre>
      </>
    );
  }

  private _failed(error: ProtocolError): JSX.Element {
    const { trans } = this._options;
    return (
      <div className="jp-Obsdeck-Results-banner jp-mod-bad" role="alert">
        <StateIcon tone="bad" />
        <div className="jp-Obsdeck-Results-bannerText">
          <b>
            {error.kind === 'cancelled'
              ? trans.__('Stopped before the text was there.')
              : errorSentence(trans, error)}
          </b>
        </div>
        <button
          type="button"
          className="jp-Obsdeck-Results-button"
          onClick={() => void this._fetch()}
        >
          {trans.__('Try again')}
        </button>
      </div>
    );
  }

  private async _fetch(): Promise<void> {
    const abort = (this._abort = new AbortController());
    this._startedAt = Date.now();
    this._state = 'reading';
    this.update();
    try {
      this._state = await this._options.fetch(abort.signal);
    } catch (reason) {
      this._state = asProtocolError(reason);
    }
    if (!this.isDisposed) {
      this.update();
    }
  }

  private _abort = new AbortController();
  private _startedAt = 0;
  private _state: ITextFile | ProtocolError | 'reading' = 'reading';
}
