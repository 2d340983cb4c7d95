import { Clipboard } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget, type Toolbar, UseSignal } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import * as React from 'react';

import type { SearchFlow } from '../../model/searchflow.js';
import { Notice, type ServerHalf, whyBlocked } from '../shared/notice.js';
import type { IRights } from '../shared/rights.js';
import type { ISearchCallbacks } from './callbacks.js';
import { SearchForm } from './form.js';
import { gesturesOf } from './gestures.js';
import { steadyValues } from './steady.js';
import { titleTools } from './titletools.js';
import { type FormValues, formValues } from './values.js';

/** The Search section of the sidebar. */
export class SearchPanel extends ReactWidget {
  constructor(
    private readonly _flow: SearchFlow,
    private readonly _callbacks: ISearchCallbacks,
    private readonly _trans: TranslationBundle,
    private readonly _rights: IRights | null = null
  ) {
    super();
    _rights?.changed.connect(this.update, this);
    this.addClass('jp-Obsdeck-Search');
    this.title.label = _trans.__('Search');
    this.toolbar = titleTools(
      {
        history: () => _callbacks.history(),
        save: () =>
          void _flow.take().then(request => request && _callbacks.save(request))
      },
      _trans,
      this._summary
    );
    _flow.changed.connect(this._onChanged, this);
    this._onChanged();
  }

  /** Tools of the section's title; JupyterLab puts them there. */
  readonly toolbar: Toolbar;

  /** How the page and its server get along; says so above the form when badly. */
  get server(): ServerHalf {
    return this._server;
  }

  set server(value: ServerHalf) {
    this._server = value;
    this.update();
  }

  /** Put the focus on the first field. */
  protected override onActivateRequest(msg: Message): void {
    super.onActivateRequest(msg);
    this.node.querySelector<HTMLElement>('select, input, button')?.focus();
  }

  protected override render(): JSX.Element {
    return (
      <>
        <Notice
          server={this._server}
          trans={this._trans}
          onCopy={text => Clipboard.copyToSystem(text)}
        />
        <UseSignal signal={this._flow.changed}>
          {() => (
            <SearchView
              flow={this._flow}
              callbacks={this._callbacks}
              rights={this._rights}
              blocked={whyBlocked(this._server, this._trans)}
              trans={this._trans}
            />
          )}
        </UseSignal>
      </>
    );
  }

  /** What is searched: “ESO dbo.raw”. */
  private _onChanged(): void {
    const { archive, table } = this._flow.model;
    const text = archive && table ? `${archive.definition.name} ${table.name}` : '';
    const { node } = this._summary;
    if (node.textContent !== text) {
      node.textContent = text;
      node.title = text;
    }
  }

  private readonly _summary = new Widget({ node: document.createElement('span') });
  private _server: ServerHalf = { state: 'ready' };
}

/** Properties of {@link SearchView}. */
export interface ISearchViewProps {
  readonly flow: SearchFlow;
  readonly callbacks: ISearchCallbacks;
  readonly rights: IRights | null;
  /** Why nothing can be searched now. */
  readonly blocked?: string;
  readonly trans: TranslationBundle;
}

/** The form over its model; one sentence where no archive can be searched. */
function SearchView(props: ISearchViewProps): JSX.Element | null {
  const { flow, callbacks, blocked } = props;
  const [steady] = React.useState(() => steadyValues<FormValues>());
  const values = steady(formValues(props));
  const gestures = React.useMemo(() => gesturesOf(flow, callbacks), [flow, callbacks]);
  if (!flow.model.isReady) {
    return null;
  }
  if (!values) {
    return blocked ? null : <NoArchive {...props} />;
  }
  const { onJob, ...others } = gestures;
  return (
    <SearchForm {...values} {...others} onJob={values.hasJobs ? onJob : undefined} />
  );
}

function NoArchive({ callbacks, trans }: ISearchViewProps): JSX.Element {
  return (
    <div className="jp-Obsdeck-Search-empty">
      <p>{trans.__('No archive can be searched.')}</p>
      <button
        type="button"
        className="jp-Obsdeck-Search-primary"
        onClick={() => callbacks.addArchive()}
      >
        {trans.__('Add archive')}
      </button>
    </div>
  );
}
