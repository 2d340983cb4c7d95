import { Dialog, ReactWidget, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { UseSignal } from '@jupyterlab/ui-components';
import { Signal } from '@lumino/signaling';
import * as React from 'react';

import { type IAddressList, readAddresses } from '../../model/downloads/addresses.js';
import type { IDownloadRequest } from '../../model/downloads/types.js';
import { formatCount } from '../shared/format.js';

/** An archive on whose behalf addresses can be fetched. */
export interface IArchiveChoice {
  readonly id: string;
  readonly name: string;
}

interface IAddressesOptions {
  /** At least one. */
  readonly archives: readonly IArchiveChoice[];
  readonly trans: TranslationBundle;
}

/** Ask for a list of addresses; empty where the user gave up. */
export async function askAddresses(
  options: IAddressesOptions
): Promise<readonly IDownloadRequest[]> {
  const { archives, trans } = options;
  const state = new AddressesState(archives[0].id);
  const title = trans.__('Add addresses');
  const { button } = await showDialog({
    title,
    body: ReactWidget.create(
      <UseSignal signal={state.changed}>
        {() => <AddressesForm {...options} state={state} />}
      </UseSignal>
    ),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.okButton({ label: trans.__('Continue') })
    ],
    focusNodeSelector: 'textarea'
  });
  return button.accept ? state.list.requests : [];
}

/** What was typed. */
class AddressesState {
  constructor(private _archive: string) {}

  readonly changed = new Signal<this, void>(this);

  get text(): string {
    return this._text;
  }

  get archive(): string {
    return this._archive;
  }

  get list(): IAddressList {
    return readAddresses(this._text, this._archive);
  }

  type(text: string): void {
    this._text = text;
    this.changed.emit();
  }

  choose(archive: string): void {
    this._archive = archive;
    this.changed.emit();
  }

  private _text = '';
}

function AddressesForm(
  props: IAddressesOptions & { readonly state: AddressesState }
): JSX.Element {
  const { archives, trans, state } = props;
  const id = React.useId();
  const { list } = state;
  const isBad = list.refusedCount > 0;
  return (
    <div className="jp-Obsdeck-Download">
      <label htmlFor={`${id}-archive`}>{trans.__('Archive')}</label>
      <select
        id={`${id}-archive`}
        value={state.archive}
        onChange={({ target }) => state.choose(target.value)}
      >
        {archives.map(({ id: value, name }) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
      <label htmlFor={id}>{trans.__('Addresses, one a line')}</label>
      <textarea
        id={id}
        rows={8}
        spellCheck={false}
        value={state.text}
        aria-invalid={isBad ? true : undefined}
        aria-describedby={`${id}-help`}
        onChange={({ target }) => state.type(target.value)}
        // JupyterLab's dialog would take the key for its button.
        onKeyDown={event => event.key === 'Enter' && event.stopPropagation()}
      />
      <p id={`${id}-help`} role={isBad ? 'alert' : 'status'}>
        {isBad ? refusedWords(list, trans) : countWords(list, trans)}
      </p>
    </div>
  );
}

function countWords({ requests }: IAddressList, trans: TranslationBundle): string {
  const { length } = requests;
  return trans._n('%2 address', '%2 addresses', length, formatCount(length));
}

function refusedWords(list: IAddressList, trans: TranslationBundle): string {
  const { refused, refusedCount } = list;
  return trans._n(
    '%2; %3 line is no http or https address and is left out: %4',
    '%2; %3 lines are no http or https addresses and are left out: %4',
    refusedCount,
    countWords(list, trans),
    formatCount(refusedCount),
    refused.map(line => `“${line.slice(0, 80)}”`).join(', ')
  );
}
