import { Clipboard } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget, UseSignal } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import * as React from 'react';

import { canSignIn, needsAccount } from '../../archives/signin.js';
import type { IQueryRequest } from '../../model/query.js';
import type { SearchModel } from '../../model/search.js';
import { hostOf, type IRights, isSignedIn, whyOff } from '../shared/rights.js';
import { Notice, type ServerHalf, whyBlocked } from '../shared/notice.js';
import type { IAskerAccount } from './asker.js';
import { SearchForm } from './form.js';

/** What the search section asks others to do. */
export interface ISearchCallbacks {
  /** Run a query and show its rows. */
  search(request: IQueryRequest): void;
  /** Stop the running search. */
  cancel(): void;
  /** Open a query in the editor without running it. */
  edit(request: IQueryRequest): void;
  /** Drop what was edited by hand, so that the form counts again. */
  revert(): void;
  /** Ask for what signing in to an archive needs. */
  signIn(archive: string): void;
  /** Ask for an archive to add. */
  addArchive(): void;
}

/** The Search section of the sidebar. */
export class SearchPanel extends ReactWidget {
  constructor(
    private readonly _model: SearchModel,
    private readonly _callbacks: ISearchCallbacks,
    private readonly _trans: TranslationBundle,
    private readonly _rights: IRights | null = null
  ) {
    super();
    _rights?.changed.connect(this.update, this);
    this.addClass('jp-Obsdeck-Search');
    this.title.label = _trans.__('Search');
  }

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
        <UseSignal signal={this._model.changed}>
          {() => (
            <SearchView
              model={this._model}
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

  private _server: ServerHalf = { state: 'ready' };
}

interface ISearchViewProps {
  readonly model: SearchModel;
  readonly callbacks: ISearchCallbacks;
  readonly rights: IRights | null;
  /** Why nothing can be searched now. */
  readonly blocked?: string;
  readonly trans: TranslationBundle;
}

/** The form over its model; one sentence where no archive can be searched. */
function SearchView(props: ISearchViewProps): JSX.Element | null {
  const { model, callbacks, blocked, trans } = props;
  if (!model.isReady) {
    return null;
  }
  if (!model.archive) {
    return blocked ? null : <NoArchive {...props} />;
  }
  const submit = (then: (request: IQueryRequest) => void) => {
    const request = model.submit();
    if (request) {
      then(request);
    }
  };
  return (
    <SearchForm
      {...valuesOf(model)}
      archive={model.archive.definition.id}
      account={accountOf(props)}
      blocked={blocked}
      trans={trans}
      onArchive={id => model.setArchive(id)}
      onTable={name => model.setTable(name)}
      onAsker={asker => model.setAs(asker)}
      onSignIn={() => callbacks.signIn(model.archive?.definition.id ?? '')}
      onChange={fields => model.update(fields)}
      onLeave={field => model.leave(field)}
      onSearch={() => submit(request => callbacks.search(request))}
      onCancel={() => callbacks.cancel()}
      onEdit={() => submit(request => callbacks.edit(request))}
      onRevert={() => callbacks.revert()}
    />
  );
}

/** The account at the archive of the form; null where it can have none. */
function accountOf({ model, rights, trans }: ISearchViewProps): IAskerAccount | null {
  const definition = model.archive?.definition;
  const service = model.table?.service ?? '';
  if (!definition || !rights || !canSignIn(definition)) {
    return null;
  }
  const { id, name, signIn } = definition;
  return {
    archive: name,
    host: hostOf(service) || name,
    isNeeded: needsAccount(definition),
    isSignedIn: isSignedIn(rights, id),
    note: signIn.meNote ?? '',
    off: whyOff(rights, trans)
  };
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

/** What the form shows, read off the model. */
function valuesOf(model: SearchModel) {
  return {
    archives: model.archives.map(({ definition }) => ({
      value: definition.id,
      label: definition.name
    })),
    tables: (model.archive?.discover?.tables ?? []).map(({ name, title }) => ({
      value: name,
      label: title || name
    })),
    table: model.table?.name ?? '',
    form: model.form,
    problems: model.problems,
    isEmpty: model.isEmpty,
    adql: model.request?.query.adql ?? null,
    asker: model.as,
    handEdited: model.handEdited,
    running: model.running
  };
}
