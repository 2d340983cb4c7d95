import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import { Signal } from '@lumino/signaling';
import * as React from 'react';

import type { SchemaBrowser } from '../../model/schema/browser.js';
import type { ISchemaRow } from '../../model/schema/tree.js';
import { describeError, type ProtocolError } from '../../protocol/errors.js';
import { dayOf } from '../query/schemaline.js';
import { formatCount } from '../shared/format.js';
import { SchemaDetails } from './details.js';
import { SchemaTreeView } from './tree.js';

/** What the tables of a service are shown with. */
export interface ISchemaPanelOptions {
  readonly browser: SchemaBrowser;
  readonly trans: TranslationBundle;
  /** Put a text into the query that was edited last. */
  insert(adql: string): void;
}

/** The tables, columns and functions of a service. Asks it only when told to. */
export class SchemaPanel extends ReactWidget {
  constructor(private readonly _options: ISchemaPanelOptions) {
    super();
    this.addClass('jp-Obsdeck-Schema');
    _options.browser.changed.connect(this._redraw, this);
  }

  /** The tables it shows. */
  get browser(): SchemaBrowser {
    return this._options.browser;
  }

  override dispose(): void {
    if (!this.isDisposed) {
      Signal.disconnectReceiver(this);
      this._options.browser.dispose();
      super.dispose();
    }
  }

  /** Put the focus into the search. */
  protected override onActivateRequest(): void {
    void this.renderPromise?.then(() =>
      this.node.querySelector<HTMLElement>('input, button')?.focus()
    );
  }

  protected override render(): JSX.Element {
    const { browser, trans } = this._options;
    const { schema, rows, isReading } = browser;
    const focused = rows.find(({ id }) => id === browser.focused) ?? null;
    return (
      <>
        {schema && <SearchBox browser={browser} trans={trans} />}
        <State browser={browser} trans={trans} />
        {schema ? (
          <>
            {rows.length === 0 && <Nothing browser={browser} trans={trans} />}
            {browser.search !== '' && <NotSearched browser={browser} trans={trans} />}
            <SchemaTreeView browser={browser} trans={trans} onInsert={this._insert} />
            <SchemaDetails row={focused} trans={trans} onInsert={this._insert} />
          </>
        ) : (
          !isReading && !browser.error && <FirstUse browser={browser} trans={trans} />
        )}
      </>
    );
  }

  private readonly _insert = ({ adql }: ISchemaRow): void => this._options.insert(adql);

  private _redraw(): void {
    this.update();
  }
}

interface IPartProps {
  readonly browser: SchemaBrowser;
  readonly trans: TranslationBundle;
}

function SearchBox({ browser, trans }: IPartProps): JSX.Element {
  const [text, setText] = React.useState(browser.search);
  const words = trans.__('Search names and descriptions');
  // Looking through tens of thousands of columns must not hold up typing.
  const deferred = React.useDeferredValue(text);
  React.useEffect(() => browser.find(deferred), [browser, deferred]);
  return (
    <input
      className="jp-Obsdeck-Schema-search"
      type="search"
      aria-label={words}
      placeholder={words}
      value={text}
      onChange={event => setText(event.target.value)}
    />
  );
}

function FirstUse({ browser, trans }: IPartProps): JSX.Element {
  const { name } = browser.archive.definition;
  return (
    <div className="jp-Obsdeck-Schema-first">
      <p>{trans.__('The tables of %1 are not read yet.', name)}</p>
      <button
        type="button"
        className="jp-Obsdeck-Query-button"
        onClick={() => void browser.load()}
      >
        {trans.__('Read the tables')}
      </button>
    </div>
  );
}

/** Nothing has what is searched, or the service has no tables at all. */
function Nothing({ browser, trans }: IPartProps): JSX.Element {
  return (
    <p className="jp-Obsdeck-Schema-muted" role="status">
      {browser.search === ''
        ? trans.__('This service lists no tables.')
        : trans.__('No name or description has “%1”.', browser.search)}
    </p>
  );
}

/** Columns that are not known cannot be found. */
function NotSearched({ browser, trans }: IPartProps): JSX.Element | null {
  const { unknown, isReading } = browser;
  return unknown === 0 || isReading ? null : (
    <p className="jp-Obsdeck-Schema-state">
      {trans._n(
        'The columns of %2 table are not read yet.',
        'The columns of %2 tables are not read yet.',
        unknown,
        formatCount(unknown)
      )}
      <button
        type="button"
        className="jp-Obsdeck-Query-button"
        onClick={() => void browser.loadColumns()}
      >
        {trans.__('Read all columns')}
      </button>
    </p>
  );
}

/** The service is asked, or did not answer. */
function State(props: IPartProps): JSX.Element | null {
  const { isReading, error } = props.browser;
  if (isReading) {
    return <Reading {...props} />;
  }
  return error && <Unread {...props} error={error} />;
}

function Reading({ browser, trans }: IPartProps): JSX.Element {
  const { name } = browser.archive.definition;
  return (
    <>
      <div
        className="jp-Obsdeck-Schema-progress"
        role="progressbar"
        aria-label={trans.__('Schema')}
      />
      <p className="jp-Obsdeck-Schema-state" role="status">
        {trans.__('Reading the tables of %1 …', name)}
        <button
          type="button"
          className="jp-Obsdeck-Query-button"
          onClick={() => browser.cancel()}
        >
          {trans.__('Cancel')}
        </button>
      </p>
    </>
  );
}

/** What was read earlier stays. */
function Unread(props: IPartProps & { readonly error: ProtocolError }): JSX.Element {
  const { browser, error, trans } = props;
  const { schema } = browser;
  return (
    <p
      className="jp-Obsdeck-Schema-state"
      role={schema ? 'status' : 'alert'}
      title={describeError(error)}
    >
      {schema
        ? trans.__('From %1, the service did not answer.', dayOf(schema.readAt))
        : describeError(error)}
      <button
        type="button"
        className="jp-Obsdeck-Query-button"
        onClick={() => void browser.load()}
      >
        {trans.__('Try again')}
      </button>
    </p>
  );
}
